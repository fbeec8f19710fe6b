import { readDangers } from '#nlu';
import type { WorkOrder } from '#wire';
import { findOrder, isOpen } from '#workorders';
import { hazardDialog, saidSafety } from './danger.ts';
import { certainFrom } from './decide.ts';
import { dialogThat } from './dialogs.ts';
import { doorOf } from './lost.ts';
import { joinedLast, joinOrder } from './reporter.ts';
import { run } from './run.ts';
import { type Scene, say, signsOf } from './scene.ts';
import { urgentNumber } from './urgent-number.ts';

/** Of this length, «你们什么时候到» tells the crew nothing. */
const bareQuestion = 12;

/**
 * What is said for some minutes after an urgent order is about it: it goes to the crew with the order, or urges them. Only what is
 * plainly a wish of its own is not. Comes after what `addToLastOrder` puts right.
 */
export async function tellCrew(scene: Scene): Promise<boolean> {
  const { heard, tap } = scene.understood;
  const number = urgentNumber(scene);
  if (number === undefined || tap || !heard.text.trim()) return false;
  const found = await findOrder(scene.parts.storage.db, number);
  if (!found || !isOpen(found.order) || isOwnWish(scene, found.order)) return false;
  const told = sayAfter(scene);
  const follows = dialogThat(scene.parts.dialogs, 'follows');
  if (follows && urges(scene, follows)) {
    if (told || heard.text.length > bareQuestion) passOn(scene, number);
    await run(scene, follows);
    return true;
  }
  passOn(scene, number);
  if (told || saidSafety(scene) || answers(scene) || sayAgain(scene, found.order)) return true;
  say(scene, 'common', heard.question ? 'after.asked' : 'after.noted', { number });
  return true;
}

/** «还要做啥», «接下来怎么办»: the safety words of the danger that the order tells. */
function sayAgain(scene: Scene, { description = '' }: WorkOrder): boolean {
  if (
    !/做啥|做什么|做些什么|干啥|干什么|怎么办|咋办|怎么做|咋整|注意什么|注意啥|what (?:else )?(?:should|can|do) (?:i|we)/i.test(
      scene.understood.heard.text,
    )
  )
    return false;
  const dangers = readDangers(description).filter(({ kind }) => scene.parts.texts.has('common', `safety.${kind}`));
  for (const { kind } of dangers) say(scene, 'common', `safety.${kind}`);
  return dangers.length > 0;
}

/** «收费吗»: what the dialog of faults tells of it, `check.<sign>`. */
function answers(scene: Scene): boolean {
  const { parts, understood } = scene;
  const faults = dialogThat(parts.dialogs, 'takes');
  if (!understood.heard.question || faults === undefined) return false;
  const signs = signsOf(scene, faults);
  const key = signs.map((sign) => `check.${sign}`).find((each) => parts.texts.has(faults, each));
  if (key) say(scene, faults, key);
  return key !== undefined;
}

const urges = (scene: Scene, follows: string): boolean =>
  signsOf(scene, follows).some((sign) => /^(urging|arrival|resume)$/.test(sign));

/** The words for what has become of it: those of the signs of the hazard's dialog that have a text `after.<sign>`. */
function sayAfter(scene: Scene): boolean {
  const { parts } = scene;
  const known = signsOf(scene, hazardDialog(scene) ?? '').filter(
    (sign) => parts.texts.find('common', `after.${sign}`) !== undefined,
  );
  for (const sign of known) say(scene, 'common', `after.${sign}`, { number: urgentNumber(scene) });
  return known.length > 0;
}

/** Into its log and to the end of its description; another's order keeps its reporter's words. */
function passOn(scene: Scene, number: string): void {
  const { text } = scene.understood.heard;
  const note = { number, kind: 'added' as const, note: text };
  if (joinedLast(scene)?.number === number) joinOrder(scene, note);
  else scene.draft.notes.push({ ...note, words: text.trim() });
}

/** Begun outright, or all but certain; a question that leads to another's door. */
function isOwnWish(scene: Scene, order: WorkOrder): boolean {
  const { parts, understood } = scene;
  const { begins, recognition, heard } = understood;
  const intent = begins ?? (recognition.confidence >= certainFrom ? recognition.intent : 'none');
  if (intent === 'none') return heard.question && doorOf(scene) !== undefined;
  if (!parts.dialogs.get(intent)?.danger) return true;
  const { address, faultKind = '' } = heard.entities;
  const elsewhere = address !== undefined && !order.address?.includes(address);
  return elsewhere || (order.type === 'hazard' && /^no_power/.test(faultKind));
}
