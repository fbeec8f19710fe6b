import { simplify } from '#nlu';
import { decide } from './decide.ts';
import { type Scene, say, signsOf, textsOf } from './scene.ts';
import { phrasesIn, reread } from './understand.ts';

/** Where a message may be cut so that each part says one thing. */
const clauseEnd = /(?<=[，。！？,!?;；\n])|(?<=\p{Script=Han})(?=\s)|(?=顺便|另外|还有)/u;

/** Leaves the message without the clauses that `speaks` of; whether what is left holds a wish or a fact to act upon. */
export function dropClauses(scene: Scene, speaks: (text: string) => boolean): boolean {
  const { understood } = scene;
  const others = understood.said.split(clauseEnd).filter((clause) => !speaks(simplify(clause)));
  const rest = reread(scene, others.join(''), understood.heard.photos);
  const wish = decide(rest.recognition);
  const told = rest.heard.entities.faultKind !== undefined || rest.dangers.length > 0;
  if (!told && (wish.kind !== 'sure' || /^(chat|control)\./.test(wish.intent))) return false;
  scene.understood = rest;
  return true;
}

/** «不知道他叫什么» asks for nothing. */
export const unknown = /不知道|不晓得|不清楚|不认识/;
/** Nor does «户主电话138…»; the number of an account may well be asked about. */
const asksNothing = new RegExp(`${unknown.source}|(?<!\\d)\\d{7,12}(?!\\d)`);

/** «我是他老婆» after a refusal (signs `withheld.<who>` with texts of that name): what such people must bring. */
function tellsWho(scene: Scene): boolean {
  const { draft, parts, understood } = scene;
  const texts = textsOf(scene);
  for (const [id, { signs }] of parts.intents) {
    if (signs.withheld === undefined || parts.dialogs.has(id)) continue;
    const all = Object.entries(signs).filter(([sign]) => sign.startsWith('withheld'));
    const refused = all.some(([sign]) => draft.state.lately.at(-1)?.includes(texts.find(id, sign) ?? '\n\n'));
    const told = all.filter(([sign]) => sign !== 'withheld');
    const [who] = refused ? Object.keys(phrasesIn(understood.heard.text, Object.fromEntries(told))) : [];
    if (who === undefined) continue;
    say(scene, id, who, {}, ['go.hall.query', 'button.person']);
    return true;
  }
  return false;
}

/**
 * What is asked by the way and must be refused in words (sign `withheld` of an intent with a text of that name: other people's data):
 * told at once, and only what the message holds besides is then answered. True where it holds nothing else. What a dialog withholds
 * counts while it is on: «那户还剩多少钱» means a stranger's account only where one was named.
 */
export function refusedAll(scene: Scene): boolean {
  const { draft, parts, understood } = scene;
  // «他电话多少» right after the grid manager was named: what an answer has told is nobody's secret (its sign `told`).
  const on = draft.state.forms.at(-1)?.intent ?? draft.state.last?.intent ?? '';
  if (signsOf(scene, on).includes('told')) return false;
  if (tellsWho(scene)) return true;
  for (const [id, { signs }] of parts.intents) {
    const off = parts.dialogs.has(id) && draft.state.forms.every(({ intent }) => intent !== id);
    const pressed = draft.state.lately.at(-1)?.includes(textsOf(scene).find(id, 'withheld') ?? '\n\n');
    const withheld = off ? undefined : [...(signs.withheld ?? []), ...(pressed ? (signs.insists ?? []) : [])];
    const speaks = (text: string) =>
      withheld !== undefined && !asksNothing.test(text) && phrasesIn(text, { withheld }).withheld !== undefined;
    if (!understood.heard.text.split(clauseEnd).some(speaks)) continue;
    say(scene, id, 'withheld', {}, ['button.person']);
    return !dropClauses(scene, speaks);
  }
  return false;
}
