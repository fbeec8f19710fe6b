import type { PlaceValue } from '#conversation';
import { type Decision, sureFrom } from './decide.ts';
import { run } from './run.ts';
import { formOn, type Scene, say, textsOf } from './scene.ts';
import { intentNamed, reread } from './understand.ts';

/** Words that join a second wish to the first. */
const joints =
  /顺便|另外|还有|顺带|对了|再(?:问|帮|查|请|看|说|投诉|举报|反映|报|办|开|订|给|把)|还(?:想|要|得)(?:问|查|办|请)|同时|以及|并且|也(?:想|要)?(?:问|查)/;
const clause = /[。！？!?；;\n]+|[，,\s]+(?=顺便|另外|还有|顺带|对了|再|还|同时|以及|并且|也|然后)|(?=顺便|另外)/;
/** A clause on its own says less than a message: it must be surer. */
const clauseSure = 0.85;
/** How long a second wish waits for the first to be over. */
const pendingMinutes = 30;

export interface Wish {
  intent: string;
  text: string;
}

/** What an intent is called in the customer's language. */
export const titleOf = (scene: Scene, intent: string): string =>
  textsOf(scene).find('common', `go.${intent}`) ?? scene.parts.intents.get(intent)?.name ?? intent;

/** A longer message is a letter: what it asks of its story is no wish by itself, unless a word joins it to the first. */
const letterFrom = 60;

/**
 * Two wishes in one message, «顺便查一下上个月电费，我家没电了»: what may be urgent goes first, then what is answered at once, else the one
 * that the whole message is surest of.
 */
export function twoWishes(scene: Scene, decision: Decision): [Wish, Wish] | [] {
  const { text } = scene.understood.heard;
  if (!joints.test(text) && (text.match(/[?？]+/g) ?? []).length < 2) return [];
  const wishes = text.split(clause).flatMap((part) => wishIn(scene, part ?? ''));
  const whole = decision.kind === 'sure' ? decision.intent : wishes[0]?.intent;
  const surest = wishes.find(({ intent }) => intent === whole);
  const other = wishes.find(({ intent }) => intent !== surest?.intent);
  if (!surest || !other || !areJoined(text, surest, other)) return [];
  const urgent = [surest, other].find(({ intent }) => scene.parts.dialogs.get(intent)?.danger);
  const first = urgent ?? (atOnce(scene, other.intent) && !atOnce(scene, surest.intent) ? other : surest);
  return first === surest ? [surest, other] : [other, surest];
}

function areJoined(text: string, ...wishes: readonly Wish[]): boolean {
  const later = wishes.reduce((one, two) => (text.indexOf(one.text) > text.indexOf(two.text) ? one : two));
  return text.length < letterFrom || joints.test(later.text);
}

/** A look-up that needs nothing but what is proved already: no form, no order. */
function atOnce({ parts, draft }: Scene, intent: string): boolean {
  const dialog = parts.dialogs.get(intent);
  if (dialog?.confirm || dialog?.tells || dialog?.danger) return false;
  const proves = Object.values(dialog?.slots ?? {}).some(({ proof }) => proof);
  return !proves || draft.state.accounts.length > 0;
}

function wishIn(scene: Scene, part: string): Wish[] {
  const text = part.trim();
  if (text.length < 4) return [];
  const outright = intentNamed(scene.parts.intents, text, 'begins');
  if (outright) return /^(chat|control|none|agent)/.test(outright) ? [] : [{ intent: outright, text }];
  const { intent, confidence } = scene.parts.classifier().recognise(text);
  return confidence >= Math.max(sureFrom, clauseSure) && !/^(chat|control|none|agent)/.test(intent)
    ? [{ intent, text }]
    : [];
}

/** The first wish by itself: what the other says is no part of its order; a place or phone told with it is. */
export function without(scene: Scene, first: Wish, next: Wish): void {
  const { understood } = scene;
  const { heard } = understood;
  const at = heard.text.indexOf(next.text);
  const cut = (text: string) => text.slice(0, at) + text.slice(at + next.text.length);
  const alone = reread(scene, first.text);
  Object.assign(heard.entities, alone.heard.entities);
  heard.question = alone.heard.question;
  if (at < 0) return;
  const edges = /^[，,\s]+|[，,\s]+[？?。！!]*$/g;
  heard.text = cut(heard.text).replaceAll(edges, '');
  understood.said = cut(understood.said).replaceAll(edges, '');
}

/** The second wish, once nothing else is on; until then the customer hears that it is not forgotten. */
export async function takeUpPending(scene: Scene): Promise<void> {
  const { state } = scene.draft;
  const { pending } = state;
  if (!pending) return;
  const age = scene.now.getTime() - pending.at;
  if (formOn(scene) && !(pending.aside && atOnce(scene, pending.intent))) {
    if (!pending.noted) noteFirst(scene, pending);
    pending.noted = true;
    return;
  }
  state.pending = undefined;
  if (age > pendingMinutes * 60_000) return;
  tell(scene, 'now', pending);
  const known = { ...pending.slots, ...(pending.where ? {} : placeOfLast(scene)) };
  if (Object.keys(known).length > 0)
    state.recent = { slots: { ...state.recent?.slots, ...known }, at: scene.now.getTime() };
  scene.understood = reread(scene, pending.text);
  await run(scene, pending.intent);
}

/** Of the order that was just filed: what was told in the same breath is about the same place. */
function placeOfLast({ draft }: Scene): { place?: PlaceValue } {
  const { address, accountNumber } = draft.orders.at(-1)?.order ?? {};
  if (!address) return {};
  const own = accountNumber !== undefined && draft.state.accounts.includes(accountNumber);
  return { place: own ? { address, accountNumber, source: 'file' } : { address, source: 'said' } };
}

/** Said before the question on the table, which stays the last word, with its buttons. */
function noteFirst(scene: Scene, pending: Pending): void {
  const { replies } = scene.draft;
  const question = replies.pop();
  tell(scene, 'noted', pending);
  if (question) replies.push(question);
}

type Pending = NonNullable<Scene['draft']['state']['pending']>;

const tell = (scene: Scene, when: 'noted' | 'now', { intent, where }: Pending) =>
  where
    ? say(scene, 'common', `pending.place.${when}`, { where })
    : say(scene, 'common', `pending.${when}`, { what: titleOf(scene, intent) });
