import type { Taught } from '#intents';
import type { Storage } from '#storage';
import { append, changesAfter, Overtaken } from './changes.ts';
import { Draft } from './draft.ts';
import type { Decision, Rules } from './edit.ts';

interface Parts {
  storage: Storage;
  clock(): Date;
  /** Asked once, when someone first opens the studio. */
  taught(): Promise<readonly Taught[]>;
  rules: Rules;
}

/** Races are lost to one other writer at a time; more in a row than this is a fault of ours. */
const ATTEMPTS = 20;

/** The draft, kept up with the log of changes, whichever replica they were made on. */
export interface Book {
  read(): Promise<Draft>;
  /** As it stood after that change: a draft of its own. */
  at(seq: number): Promise<Draft>;
  /** Decides on the newest draft and writes down what came of it: two admins at once don't lose each other's work. */
  write(author: string, decide: Decision): Promise<Draft>;
}

export function openBook({ storage, clock, taught, rules }: Parts): Book {
  let opening: Promise<Draft> | undefined;

  async function open(): Promise<Draft> {
    opening ??= taught().then(Draft.over);
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  }

  async function read(): Promise<Draft> {
    const draft = await open();
    for (const change of await changesAfter(storage.db, draft.seq)) {
      // Two reads at once bring the same changes.
      if (change.seq > draft.seq) draft.apply(change);
    }
    return draft;
  }

  return {
    read,
    async at(seq) {
      const draft = await Draft.over(await taught());
      for (const change of await changesAfter(storage.db, 0)) if (change.seq <= seq) draft.apply(change);
      return draft;
    },
    async write(author, decide) {
      for (let attempt = 1; ; attempt += 1) {
        const draft = await read();
        const deeds = decide(draft, rules);
        if (deeds.length === 0) return draft;
        const after = draft.seq;
        try {
          await storage.commit((tx) => append(tx, after, deeds, author, clock().getTime()));
          return await read();
        } catch (error) {
          if (!(error instanceof Overtaken) || attempt === ATTEMPTS) throw error;
        }
      }
    },
  };
}
