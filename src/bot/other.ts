import { askedIn, type Heard } from '#conversation';
import { lengthOf } from '#nlu';
import { asksAfterOrder } from './after.ts';
import { hazardDialog } from './danger.ts';
import { certainFrom, type Decision, decide, sureFrom } from './decide.ts';
import { dialogThat } from './dialogs.ts';
import { doorOf, offer, sayDoor, settle, stray, unclear } from './lost.ts';
import { isContactAlone, isPlaceAlone } from './place-alone.ts';
import { goOn, run } from './run.ts';
import { dialogOf, formOn, type Scene, say, slotsOf } from './scene.ts';
import type { Form, State } from './state.ts';
import { heardBy, signsIn } from './understand.ts';
import { twoWishes, without } from './wishes.ts';

/** The message answers nothing of ours: a digression, another wish, bare facts, or not understood. */
export async function other(scene: Scene): Promise<void> {
  const form = formOn(scene);
  const outright = faultFirst(scene) ?? scene.understood.begins ?? asksAfterOrder(scene);
  const decision: Decision = outright
    ? { kind: 'sure', intent: outright }
    : isPlaceAlone(scene) || isContactAlone(scene)
      ? { kind: 'unclear' }
      : decide(scene.understood.recognition, isAtHome(scene) ? undefined : hazardDialog(scene));
  if (form) return within(scene, form, decision);
  const [wish, next] = twoWishes(scene, decision);
  if (wish === undefined || next === undefined) return fresh(scene, decision);
  scene.draft.state.pending = { ...next, at: scene.now.getTime() };
  settle(scene);
  // What the other wish says may hide a fact of this one: «停电通知发到群里，另外我家没电了».
  without(scene, wish, next);
  return run(scene, wish.intent);
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

/** A fault of supply by its words, «关于低电压的事», with no danger named: a tie makes no hazard of it. */
const isAtHome = ({ understood: { heard, dangers } }: Scene): boolean =>
  dangers.length === 0 &&
  /^(no_power|phase_loss|tripping|low_voltage|high_voltage|flicker|meter_fault)/.test(heard.entities.faultKind ?? '');

/** What has no answer of its own but the door that it leads to. */
const notOurs = 'none';

/** With a form on: another wish is answered and the form resumed; a remark at the summary goes to the crew. */
async function within(scene: Scene, form: Form, decision: Decision): Promise<void> {
  if (asksItsTime(scene, form, decision)) {
    say(scene, form.intent, 'time');
    return goOn(scene);
  }
  // «那还是报修吧» after a digression: the form that is on.
  if (goesBack.test(scene.understood.heard.text)) return goOn(scene);
  if (decision.kind === 'sure' && turnsAway(scene) && isDigression(scene, form, decision.intent)) {
    settle(scene);
    if (isPassing(scene, form)) passOver(scene, form);
    return run(scene, decision.intent);
  }
  const refused = decision.kind === 'sure' && decision.intent === notOurs;
  const door = refused || decision.kind === 'stray' ? doorOf(scene) : undefined;
  if (door) sayDoor(scene, door);
  if (refused) return goOn(scene);
  if (form.asking === 'confirm' || isPassing(scene, form) || tellsMore(scene, form)) remark(scene, form);
  return goOn(scene);
}

/** «就我一个老太婆在家» in the middle of a report: a classifier's guess at a mere statement turns to nothing else. */
function turnsAway({ understood: { begins, hints, heard, recognition } }: Scene): boolean {
  if (lengthOf(heard.text) < 2) return false;
  return heard.question || (begins ?? hints) !== undefined || recognition.confidence >= certainFrom;
}

/** «几天答复?», «什么时候来人?» while something is being filed: its own time limit, not the progress of another order. */
function asksItsTime({ parts, understood }: Scene, { intent }: Form, decision: Decision): boolean {
  const { confirm, danger } = parts.dialogs.get(intent) ?? {};
  const { text, question } = understood.heard;
  if ((confirm ?? danger) === undefined || !question || askedIn(text) !== 'time') return false;
  return decision.kind !== 'sure' || decision.intent === intent || parts.dialogs.get(decision.intent)?.follows === true;
}

/** What is said beside the question goes to staff with the order, unless it is a question. */
function remark(scene: Scene, form: Form): void {
  const { text, question } = scene.understood.heard;
  if (text.trim().length < 4) return;
  if (question && form.asking !== 'confirm') return;
  if (!question) form.text = `${form.text}；${text}`.slice(0, 500);
  const own = !question && scene.parts.texts.has(form.intent, 'noted');
  say(scene, own ? form.intent : 'common', question ? 'unheard' : 'noted');
}

/** «冰箱去年买的4000，电视3500» to «your phone?»: no answer, but news for those who come. */
function tellsMore(scene: Scene, form: Form): boolean {
  const { text, question } = scene.understood.heard;
  const dialog = dialogOf(scene, form);
  const asked = form.asking === undefined ? undefined : dialog.slots[form.asking];
  return dialog.confirm !== undefined && asked?.asking === 'refusable' && !question && lengthOf(text) >= 6;
}

/** What is on the table is a mere offer, which turning to something else declines. */
export const isPassing = (scene: Scene, form: Form) =>
  form.asking !== undefined && dialogOf(scene, form).slots[form.asking]?.passing === true;

/** The offer is over; what was learnt with it is kept for what comes next. */
function passOver({ draft: { state }, now }: Scene, form: Form): void {
  state.forms.pop();
  state.recent = { slots: { ...state.recent?.slots, ...form.slots }, at: now.getTime() };
}

/** A «好的» where no yes was asked for changes nothing, and a form that takes dangers is not stacked on one that does. */
function isDigression(scene: Scene, form: Form, intent: string): boolean {
  if (intent === form.intent || intent === notOurs || /^control\.(affirm|deny|cancel)$/.test(intent)) return false;
  return !(dialogOf(scene, form).danger && scene.parts.dialogs.get(intent)?.danger);
}

async function fresh(scene: Scene, decision: Decision): Promise<void> {
  const late = lateCode(scene);
  if (late) return run(scene, late);
  const again = followedUp(scene, decision);
  if (again) {
    settle(scene);
    return run(scene, again, true);
  }
  if (decision.kind === 'sure' && decision.intent !== notOurs) {
    settle(scene);
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
function learnFacts(scene: Scene): boolean {
  const { draft, now, parts, understood } = scene;
  const dialog = parts.dialogs.get(faultDialog(scene) ?? '');
  if (!dialog) return false;
  const known = draft.state.recent?.slots ?? {};
  const read = slotsOf(dialog).map(([name, slot]) => [name, slot.read(understood.heard, false, known[name])] as const);
  const told = read.filter(([, value]) => value !== undefined);
  if (told.length === 0) return false;
  draft.state.recent = { slots: { ...known, ...Object.fromEntries(told) }, at: now.getTime() };
  return true;
}

/** Six digits and nothing else, where no order is spoken of: a one-time code that came after all. */
const lateCode = ({ draft, parts, understood }: Scene): string | undefined =>
  /^\d{6}$/.test(understood.heard.text.trim()) && !draft.state.lastOrder
    ? dialogThat(parts.dialogs, 'binds')
    : undefined;

const goesBack =
  /^(那|那就|算了)?(还是|继续|接着)?(没电，?)?(报|办)(一下|了)?吧?$|^(那|那就|算了)?(还是|继续|接着).{0,4}(报|办|修)/;

/** «那四月呢», «那竞舟小区呢», «还是报吧»: the last wish again, with what is new in it. */
function followedUp(scene: Scene, decision: Decision): string | undefined {
  const { last } = scene.draft.state;
  const { text } = scene.understood.heard;
  if (!last || scene.now.getTime() - last.at > 15 * 60_000) return undefined;
  const open =
    (/^(那|那么|还有|以及)[^，。？?]{1,12}呢?[？?。]*$/.test(text) && /呢|月/.test(text)) ||
    /^(and|what about|how about)\b.{2,40}$/i.test(text);
  const also = scene.parts.dialogs.has(last.intent) ? addsTo(scene, last, decision, open) : open;
  const back = goesBack.test(text);
  if (also) return last.intent;
  // «那报吧» after a mere answer: a report, not the answer again.
  if (!back) return undefined;
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
  const told = slotsOf(dialog).some(([, { read, asking }]) => asking !== 'on_demand' && read(itsOwn, false));
  const own = decision.kind === 'sure' && !asksAfterNothing(scene, decision.intent);
  const brief = signs.length > 0 && /^.{1,8}(?:呢|的?[那这][个张单条])[？?。]*$/.test(heard.text);
  const bare = isBareDate(heard) || isBarePlace(heard);
  return told && (!own || brief || bare || (open && signs.length === 0));
}

/** «怎么还没人联系我» with no order here: it is about what the last answer told of. */
const asksAfterNothing = ({ parts, draft }: Scene, intent: string): boolean =>
  intent === dialogThat(parts.dialogs, 'follows') && draft.state.lastOrder === undefined;

/** «拱墅区呢»: another place for the same, and nothing else. */
const isBarePlace = ({ text, entities: { address } }: Heard) =>
  address !== undefined && /^(?:那|那么|还有)?[呢的啊？?。，,\s]*$/.test(text.replace(address, ''));

/** «上个月呢», «五月», «前天的呢»: what a classifier makes of it is chance. */
const isBareDate = ({ text, months, days }: Heard) =>
  (months !== undefined || days !== undefined) &&
  text.replaceAll(/[呢的吧啊？?。，,\s]|那|还有|再查|看看|查|不对|不是|我(?:要|问|说|想)|是/g, '').length <= 6;

const signsOf = ({ parts, understood }: Scene, intent: string) =>
  signsIn(understood.heard.text, parts.intents.get(intent)?.signs);

/** Said outright, or all but certain and with a door of its own: no hint of a wish of ours counts then. */
function isElsewhere(scene: Scene, decision: Decision): boolean {
  const { intent, confidence } = scene.understood.recognition;
  const certain = intent === notOurs && confidence >= certainFrom && doorOf(scene) !== undefined;
  return decision.kind === 'sure' || (certain && faultTold(scene) === undefined);
}
