import { setImmediate as nextTick } from 'node:timers/promises';
import type { Taught } from '#intents';
import type { Example } from '#nlu';
import type { Change, Deed } from './changes.ts';
import { Lines } from './likeness.ts';

export interface DraftUtterance {
  text: string;
  voice: string;
  /** The change that brought or last edited it; 0 for shipped ones. */
  seq: number;
  by?: string;
}

export interface DraftIntent {
  id: string;
  name: string;
  shipped: boolean;
  /** Only where an admin wrote one. */
  answer?: string;
  utterances: Map<string, DraftUtterance>;
  /** The last change to it. */
  seq: number;
}

/** Utterances that admins write, as a voice of their own. */
const STUDIO = 'studio';

/**
 * The shipped intents with all changes laid over them. A new release may ship other lines than those that were changed: what
 * then no longer applies is left out and remembered in `stale`, never an error.
 */
export class Draft {
  seq = 0;
  /** The version that was published last. */
  published = 0;
  readonly intents = new Map<string, DraftIntent>();
  readonly lines = new Lines();
  readonly stale = new Set<number>();
  /** The changes to what is taught, by number. */
  readonly edits: number[] = [];

  /** Thousands of lines: intent by intent, so that turns go on meanwhile. */
  static async over(taught: readonly Taught[]): Promise<Draft> {
    const draft = new Draft();
    for (const intent of taught) {
      draft.ship(intent);
      await nextTick();
    }
    return draft;
  }

  private ship({ id, name, utterances }: Taught): void {
    const made = this.make(id, name, true, 0);
    for (const { text, voice } of utterances) {
      made.utterances.set(text, { text, voice, seq: 0 });
      this.lines.add(text, id);
    }
  }

  apply(change: Change): void {
    this.seq = change.seq;
    if (change.kind === 'published') {
      this.published = change.data.version;
      return;
    }
    this.edits.push(change.seq);
    const intent = this.intents.get(change.intent);
    if (change.kind === 'intent.made') this.applyMade(change);
    else if (!intent || !this.applyTo(intent, change)) this.stale.add(change.seq);
    else intent.seq = change.seq;
  }

  /** Everything to learn from: an intent's name, as on its button, is an utterance too. */
  examples(): Example[] {
    return [...this.intents.values()].flatMap(({ id, name, utterances }) => [
      { intent: id, text: name, voice: 'name' },
      ...[...utterances.values()].map(({ text, voice }) => ({ intent: id, text, voice })),
    ]);
  }

  get utterances(): number {
    return [...this.intents.values()].reduce((sum, { utterances }) => sum + utterances.size, 0);
  }

  private make(id: string, name: string, shipped: boolean, seq: number): DraftIntent {
    const intent: DraftIntent = { id, name, shipped, utterances: new Map(), seq };
    this.intents.set(id, intent);
    return intent;
  }

  private put(intent: DraftIntent, utterance: DraftUtterance): boolean {
    if (this.lines.same(utterance.text)) return false;
    intent.utterances.set(utterance.text, utterance);
    this.lines.add(utterance.text, intent.id);
    return true;
  }

  private take(intent: DraftIntent, text: string): boolean {
    if (!intent.utterances.delete(text)) return false;
    this.lines.remove(text);
    return true;
  }

  /** An intent that is shipped by now keeps what it ships; the admin's utterances join it. */
  private applyMade({ intent: id, data, seq, author }: Change & { kind: 'intent.made' }): void {
    const there = this.intents.get(id);
    if (there) this.stale.add(seq);
    const intent = there ?? this.make(id, data.name, false, seq);
    if (!there) intent.answer = data.answer;
    for (const text of data.texts) this.put(intent, { text, voice: STUDIO, seq, by: author });
  }

  /** False where nothing of it applies any more. */
  private applyTo(intent: DraftIntent, change: Exclude<Change, { kind: 'intent.made' | 'published' }>): boolean {
    const { seq, author: by } = change;
    const add = (text: string) => this.put(intent, { text, voice: STUDIO, seq, by });
    switch (change.kind) {
      case 'intent.named':
        intent.name = change.data.to;
        return true;
      case 'intent.answered':
        intent.answer = change.data.to;
        return true;
      case 'intent.removed':
        return this.removeIntent(intent);
      case 'utterances.added':
        return change.data.texts.filter(add).length > 0;
      case 'utterances.removed':
        return change.data.texts.filter((text) => this.take(intent, text)).length > 0;
      case 'utterance.edited':
        return this.edit(intent, change.data, seq, by);
    }
  }

  private removeIntent(intent: DraftIntent): boolean {
    if (intent.shipped) return false;
    for (const text of intent.utterances.keys()) this.lines.remove(text);
    return this.intents.delete(intent.id);
  }

  /** In its place, so that the page does not jump. */
  private edit(
    intent: DraftIntent,
    { from, to }: (Deed & { kind: 'utterance.edited' })['data'],
    seq: number,
    by: string,
  ) {
    const old = intent.utterances.get(from);
    if (!old) return false;
    this.lines.remove(from);
    const edited = this.lines.same(to) ? [] : [{ text: to, voice: old.voice, seq, by }];
    const rest = [...intent.utterances.values()].flatMap((each) => (each === old ? edited : [each]));
    intent.utterances = new Map(rest.map((each) => [each.text, each]));
    for (const { text } of edited) this.lines.add(text, intent.id);
    return edited.length > 0;
  }
}
