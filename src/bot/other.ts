import { goesAhead, type Heard } from '#conversation';
import { lengthOf } from '#nlu';
import { asksAfterOrder } from './after.ts';
import { answersInstead } from './asked.ts';
import { hazardDialog } from './danger.ts';
import { certainFrom, type Decision, decide, sureFrom } from './decide.ts';
import { dialogThat } from './dialogs.ts';
import { asksElsewhere, isPlace, lastAnswer, sameElsewhere } from './elsewhere.ts';
import { doorOf, offer, settle, stray, unclear } from './lost.ts';
import { accountNamed } from './on-file.ts';
import { isContactAlone, isPlaceAlone } from './place-alone.ts';
import { run } from './run.ts';
import { formOn, type Scene, say, signsOf, slotsOf } from './scene.ts';
import { keepRecent, type State } from './state.ts';
import { heardBy } from './understand.ts';
import { twoWishes, without } from './wishes.ts';
import { faultIn, notOurs, wantsBack, within } from './within.ts';

/** The message answers nothing of ours: a digression, another wish, bare facts, or not understood. */
export async function other(scene: Scene): Promise<void> {
  const form = formOn(scene);
  const again = sameElsewhere(scene);
  if (again) {
    settle(scene);
    return run(scene, again, true);
  }
  const advised = form ? undefined : takesAdvice(scene);
  if (advised) {
    settle(scene);
    return run(scene, advised);
  }
  const outright = faultFirst(scene) ?? scene.understood.begins ?? asksAfterOrder(scene);
  const decision: Decision = outright
    ? { kind: 'sure', intent: outright }
    : isPlaceAlone(scene) || isContactAlone(scene) || asksElsewhere(scene)
      ? { kind: 'unclear' }
      : decide(scene.understood.recognition, tellsHazard(scene) ? hazardDialog(scene) : undefined);
  if (form) return within(scene, form, decision);
  const [wish, next] = twoWishes(scene, decision);
  if (wish === undefined || next === undefined) return fresh(scene, decision);
  scene.draft.state.pending = { ...next, at: scene.now.getTime() };
  settle(scene);
  // What the other wish says may hide a fact of this one: «停电通知发到群里，另外我家没电了».
  without(scene, wish, next);
  return run(scene, wish.intent);
}

/** «那就给我开通», «好 办» right after an answer that offered a business: that one, and no other is guessed. */
function takesAdvice({ draft, parts, understood: { heard, begins, tap } }: Scene): string | undefined {
  if (tap || begins || heard.question || lengthOf(heard.text) > 16 || !goesAhead(heard.text)) return undefined;
  const [only, ...more] = draft.state.buttons.flatMap(({ means }) => {
    const intent = means.startsWith('intent:') ? means.slice('intent:'.length) : '';
    return parts.dialogs.get(intent)?.confirm === true ? [intent] : [];
  });
  return more.length === 0 ? only : undefined;
}

/**
 * Whether a tie may make a hazard of it: the message names a danger or public equipment. «那拱墅呢» names nothing, and «关于低电压的事» is
 * a fault of supply.
 */
function tellsHazard(scene: Scene): boolean {
  const { heard, dangers } = scene.understood;
  if (dangers.length > 0) return true;
  const { faultKind } = heard.entities;
  if (faultKind !== undefined) return /^(line_down|equipment_fire|noise|other)$/.test(faultKind);
  return signsOf(scene, hazardDialog(scene) ?? '').length > 0;
}

/** «我家没电了，来电了告诉我»: a report all the same, where its dialog knows the other words (its signs) as well. */
function faultFirst(scene: Scene): string | undefined {
  const { begins, recognition, heard } = scene.understood;
  const takes = faultDialog(scene);
  const files = scene.parts.dialogs.get(begins ?? '')?.confirm !== undefined;
  if (begins === undefined || takes === undefined || files || heard.question) return undefined;
  const told = recognition.intent === takes && recognition.confidence >= sureFrom;
  return told && signsOf(scene, takes).length > 0 ? takes : undefined;
}

async function fresh(scene: Scene, decision: Decision): Promise<void> {
  const late = lateCode(scene);
  if (late) return run(scene, late);
  const again = await followedUp(scene, decision);
  if (again) {
    settle(scene);
    return run(scene, again, true);
  }
  if (answersInstead(scene)) return settle(scene);
  if (decision.kind === 'sure' && decision.intent !== notOurs) {
    settle(scene);
    keepFault(scene, decision.intent);
    return run(scene, decision.intent);
  }
  // «嗯» where nothing was asked is no riddle.
  const { yesNo } = scene.understood.heard;
  if (yesNo) return run(scene, yesNo === 'yes' ? 'control.affirm' : 'control.deny');
  if (isElsewhere(scene, decision)) return stray(scene);
  const likely = scene.understood.hints ?? faultTold(scene);
  if (likely) return run(scene, likely);
  const goesOn = leavesContact(scene);
  if (goesOn) return run(scene, goesOn);
  if (keepFacts(scene))
    return say(scene, 'common', 'facts.what', {}, ['button.report', 'button.outage', 'button.person']);
  if (decision.kind === 'stray') return stray(scene);
  if (decision.kind === 'offer') return choose(scene, decision.intents);
  return unclear(scene);
}

/** A fault told beside a question of another kind is known when it comes to a report: «家里突然黑了，是不是欠费». */
function keepFault(scene: Scene, intent: string): void {
  const { draft, parts, understood } = scene;
  const told = parts.dialogs.get(intent)?.danger || !parts.dialogs.has(intent) ? undefined : faultIn(scene);
  if (told && learnFacts(scene, told) && draft.state.recent) draft.state.recent.words = understood.said;
}

const faultDialog = ({ parts }: Scene) => dialogThat(parts.dialogs, 'takes');

/**
 * The dialog that takes faults, if the message tells one or a danger in words that the rules know: where the classifier is not
 * sure, a fault is not lost to it.
 */
function faultTold(scene: Scene): string | undefined {
  const { heard, dangers } = scene.understood;
  if (dangers.length === 0 && (heard.entities.faultKind === undefined || heard.question)) return undefined;
  return faultDialog(scene);
}

/** A phone or a name right after an answer that offered a report of the place it was about: the report. */
function leavesContact(scene: Scene): string | undefined {
  const { state } = scene.draft;
  const { entities, question } = scene.understood.heard;
  const reports = faultDialog(scene);
  const offered = state.buttons.some(({ means }) => means === `intent:${reports}`);
  if (!offered || question || state.last?.slots?.place === undefined) return undefined;
  return entities.phone || entities.name ? reports : undefined;
}

/** A bare place, phone, photo or pin with no wish: kept for the wish that follows, and never sent away. */
const keepFacts = (scene: Scene): boolean => !scene.understood.heard.question && learnFacts(scene);

/** Keeps what the message tells of a place, a phone …; whether there is any. */
function learnFacts(scene: Scene, heard: Heard = scene.understood.heard): boolean {
  const { draft, now, parts } = scene;
  const dialog = parts.dialogs.get(faultDialog(scene) ?? '');
  if (!dialog) return false;
  const known = draft.state.recent?.slots ?? {};
  const read = slotsOf(dialog).map(([name, slot]) => [name, slot.read(heard, false, known[name])] as const);
  const told = read.filter(([, value]) => value !== undefined);
  if (told.length === 0) return false;
  keepRecent(draft.state, Object.fromEntries(told), now);
  return true;
}

/** Six digits and nothing else, where no order is spoken of: a one-time code that came after all. */
const lateCode = ({ draft, parts, understood }: Scene): string | undefined =>
  /^\d{6}$/.test(understood.heard.text.trim()) && !draft.state.lastOrder
    ? dialogThat(parts.dialogs, 'binds')
    : undefined;

/** «那四月呢», «那竞舟小区呢», «还是报吧»: the last wish again, with what is new in it. */
async function followedUp(scene: Scene, decision: Decision): Promise<string | undefined> {
  const last = lastAnswer(scene);
  const { text } = scene.understood.heard;
  if (!last) return undefined;
  const open =
    (/^(那|那么|还有|以及)[^，。？?]{1,12}呢?[？?。]*$/.test(text) && /呢|月/.test(text)) ||
    /^(and|what about|how about)\b.{2,40}$/i.test(text);
  const again = signsOf(scene, last.intent).includes('again');
  const also = again || (scene.parts.dialogs.has(last.intent) ? addsTo(scene, last, decision, open) : open);
  if (also || (await namesAnother(scene, last, decision))) return last.intent;
  // «那报吧» after a mere answer: a report, not the answer again.
  if (!wantsBack(scene)) return undefined;
  return scene.parts.dialogs.get(last.intent)?.confirm ? last.intent : faultDialog(scene);
}

/** Of the best guesses the one that the message has signs of, or that an order just filed makes likely; else the customer chooses. */
async function choose(scene: Scene, intents: string[]): Promise<void> {
  const signed = intents.filter((id) => signsOf(scene, id).length > 0);
  if (signed.length === 1) return run(scene, signed[0] as string);
  const { lastOrder, joined } = scene.draft.state;
  const about = (lastOrder ?? joined) && dialogThat(scene.parts.dialogs, 'follows');
  const meant = about && (intents.includes(about) || signsOf(scene, about).length > 0);
  if (meant) return run(scene, about);
  learnFacts(scene);
  return offer(scene, intents);
}

/**
 * A short message that names another month, day, place … for the last wish, or a choice that its answer offered. One that is surely a
 * wish of its own is none, unless it is open («那四月呢») or but a month.
 */
function addsTo(scene: Scene, last: NonNullable<State['last']>, decision: Decision, open: boolean): boolean {
  const { heard } = scene.understood;
  const dialog = scene.parts.dialogs.get(last.intent);
  if (!dialog || lengthOf(heard.text) > 16) return false;
  if (heard.chosen !== undefined) return slotsOf(dialog).some(([, slot]) => slot.read(heard, false) !== undefined);
  const itsOwn = heardBy(heard, scene.parts.intents.get(last.intent));
  const { signs } = itsOwn;
  const told = slotsOf(dialog).some(([name, { read, asking, keeps, onFile }]) => {
    const known = last.slots?.[name];
    const value = asking === 'on_demand' ? undefined : read(itsOwn, false, known);
    // Whom to call is no new question; who one is, is, where an account is looked for.
    if (onFile === 'phone' || (keeps && !isPlace(value) && !dialog.binds)) return false;
    return value !== undefined && value !== known;
  });
  const own = decision.kind === 'sure' && !asksAfterNothing(scene, decision.intent);
  const brief = signs.length > 0 && /^.{1,8}(?:呢|的?[那这][个张单条])[？?。]*$/.test(heard.text);
  const bare = isBareDate(heard) || isBarePlace(heard);
  return told && (!own || brief || bare || (open && signs.length === 0 && /呢/.test(heard.text)));
}

/** «另外一户呢», «莫干山的呢»: the same of another of the customer's own accounts. */
async function namesAnother(
  scene: Scene,
  { intent, slots }: NonNullable<State['last']>,
  decision: Decision,
): Promise<boolean> {
  const dialog = scene.parts.dialogs.get(intent);
  const [name] = dialog ? (slotsOf(dialog).find(([, { proof }]) => proof) ?? []) : [];
  if (name === undefined || lengthOf(scene.understood.heard.text) > 16) return false;
  const bare = /呢[。！？!?]*$/.test(scene.understood.heard.text);
  const own = !bare && decision.kind === 'sure' && decision.intent !== intent && decision.intent !== notOurs;
  return !own && (await accountNamed(scene, slots?.[name])) !== undefined;
}

/** «怎么还没人联系我» with no order here: it is about what the last answer told of. */
const asksAfterNothing = ({ parts, draft }: Scene, intent: string): boolean =>
  intent === dialogThat(parts.dialogs, 'follows') && draft.state.lastOrder === undefined;

/** «拱墅区呢»: another place for the same, and nothing else. */
const isBarePlace = ({ text, entities: { address } }: Heard) =>
  address !== undefined &&
  /^(?:那|那么|还有|在)?(?:这边|那边|这里|这一带|附近)?[呢的啊？?。，,\s]*$/.test(text.replace(address, ''));

/** «上个月呢», «五月», «前天的呢»: what a classifier makes of it is chance. */
const isBareDate = ({ text, months, days }: Heard) =>
  (months !== undefined || days !== undefined) &&
  !/[钱元块费价度]/.test(text) &&
  text
    .replaceAll(/(?:20\d{2}|今|去|前)年|\d{1,2}月份?/g, '月')
    .replaceAll(/[呢的吧啊吗？?。，,\s]|那|还有|有没有|有|再查|看看|查|不对|不是|我(?:要|问|说|想)|是/g, '').length <=
    6;

const leaning = 0.5;

/** Said outright, or all but certain and with a door of its own: no hint of a wish of ours counts then. */
function isElsewhere(scene: Scene, decision: Decision): boolean {
  const { intent, confidence } = scene.understood.recognition;
  // What names another's matter needs no more than that nothing of ours is likelier.
  const least = scene.understood.hints ? certainFrom : leaning;
  const certain = intent === notOurs && confidence >= least && doorOf(scene) !== undefined;
  return decision.kind === 'sure' || (certain && faultTold(scene) === undefined);
}
