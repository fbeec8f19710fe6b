import type { Intent } from '#intents';
import { type QuestionFinder, questionFinder } from '#nlu';
import { unknown } from './aside.ts';
import { certainFrom } from './decide.ts';
import { clausesOf } from './halves.ts';
import { dialogOf, formOn, type Scene, say } from './scene.ts';

/** What may be asked in any conversation. */
export const anywhere = 'control.help';

/** How like the best must be, and how far ahead of the next: a lead tells more than a likeness (tests/bench/asides.ts measures both). */
interface Measure {
  least: number;
  lead: number;
}

/** Enough to be answered unless the classifier is all but certain of a wish. */
const surely: Measure = { least: 0.36, lead: 0.08 };
/** Enough where nothing else was understood. */
const likely: Measure = { least: 0.18, lead: 0.08 };

/** Enough in the middle of a form even where the classifier is certain: «余额能退吗» while an account is being closed. */
const clearly: Measure = { least: 0.42, lead: 0.25 };

/** An answer to a matter of so long ago might be to another question. */
export const askedMinutes = 30;

/** A question about the matter at hand, in whatever words, that might as well be taken for a wish: «你们不会告诉他是我说的吧». */
export const answersInstead = (scene: Scene): boolean =>
  isFree(scene) &&
  (scene.understood.recognition.confidence < certainFrom
    ? answerOf(scene, topicsOf(scene), surely)
    : files(scene) && answerOf(scene, topicsOf(scene), clearly));

/** It neither names a wish outright nor tells a danger. */
const isFree = ({ understood: { begins, dangers } }: Scene): boolean => begins === undefined && dangers.length === 0;

/** Whether something is being filed; a mere offer gives way to what is asked instead. */
function files(scene: Scene): boolean {
  const form = formOn(scene);
  const offers = form?.asking !== undefined && dialogOf(scene, form).slots[form.asking]?.passing;
  return form !== undefined && !offers;
}

/** A question clearly about the order just filed («要收钱吗»), whatever the classifier is sure of; false where it is none. */
export const answersOfOrder = (scene: Scene): boolean => {
  const { draft, now } = scene;
  const { intent = '', at = 0 } = draft.state.lastOrder ?? {};
  return isFree(scene) && now.getTime() - at < askedMinutes * 60_000 && answerOf(scene, [intent], surely);
};

/** Where nothing else was understood less will do. */
export const answersAtLast = (scene: Scene): boolean =>
  answerOf(scene, topicsOf(scene), likely) || answerOf(scene, [anywhere], surely);

/** The matters at hand: the forms that are on, else the last order and the last answer. */
function topicsOf({ draft: { state }, now }: Scene): string[] {
  if (state.forms.length > 0) return state.forms.map(({ intent }) => intent).reverse();
  const since = now.getTime() - askedMinutes * 60_000;
  const { last, lastOrder } = state;
  return [...new Set([lastOrder, last].flatMap((each) => (each && each.at > since ? (each.intent ?? []) : [])))];
}

function answerOf(scene: Scene, ids: readonly string[], least: Measure): boolean {
  const { parts, understood } = scene;
  const { text, question } = understood.heard;
  if (!question || unknown.test(text)) return false;
  for (const id of ids) {
    const intent = parts.intents.get(id);
    const key = intent && likest(text, intent, least);
    if (key === undefined) continue;
    say(scene, id, `aside.${key}`);
    return true;
  }
  return false;
}

const finders = new WeakMap<Intent, QuestionFinder>();

function finderOf(intent: Intent): QuestionFinder {
  const known = finders.get(intent) ?? questionFinder(intent.asides);
  finders.set(intent, known);
  return known;
}

/** The aside most like the message, or like a clause of it. */
function likest(text: string, intent: Intent, { least, lead }: Measure): string | undefined {
  if (Object.keys(intent.asides).length === 0) return undefined;
  const finder = finderOf(intent);
  const tries = [...new Set([text, ...clausesOf(text)])].filter((each) => each.trim().length >= 2).slice(0, 6);
  const found = tries.map((each) => finder.find(each));
  const clear = found.filter(
    ([best, next]) => best && best.likeness >= least && best.likeness - (next?.likeness ?? 0) >= lead,
  );
  const [best] = clear.flatMap(([first]) => first ?? []).sort((a, b) => b.likeness - a.likeness);
  return best?.key;
}
