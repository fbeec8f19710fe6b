import { lengthOf } from '#nlu';
import { addToLastOrder } from './add.ts';
import { givesContact, shareContact } from './after.ts';
import { answerAfter, answerAside, wantsElse } from './apart.ts';
import { dropClauses, refusedAll } from './aside.ts';
import { answersOfOrder } from './asked.ts';
import { tellPerson } from './awaited.ts';
import { close, thanksInstead } from './closing.ts';
import { control, wishBeside } from './control.ts';
import { noteDangers } from './danger.ts';
import { hearElsewhere, isPlace } from './elsewhere.ts';
import { settle } from './lost.ts';
import { other } from './other.ts';
import { goOn, resume, run } from './run.ts';
import { dialogOf, formOn, type Scene, say } from './scene.ts';
import type { Form } from './state.ts';
import { takeIn } from './take.ts';
import { turnsTo } from './turns-to.ts';
import { splitPlaces } from './two-places.ts';
import { heardBy, reread, signsIn } from './understand.ts';
import { tellCrew } from './urgent.ts';
import { takeUpPending } from './wishes.ts';
import { isPassing, wantsBack } from './within.ts';

/** Answers one message, and the second wish of an earlier one when its time has come. */
export async function answer(scene: Scene): Promise<void> {
  await respond(scene);
  await answerRest(scene);
  await takeUpPending(scene);
}

/** The other half of a message, «对，顺便查下电费», read by itself. */
async function answerRest(scene: Scene): Promise<void> {
  const { rest } = scene;
  scene.rest = undefined;
  if (rest === undefined) return;
  scene.understood = reread(scene, rest);
  await respond(scene);
}

/** Danger first, then a mere closing word, control, the question on the table, and whatever else it may be. */
async function respond(scene: Scene): Promise<void> {
  remember(scene);
  if (wantsFewWords(scene)) {
    say(scene, 'common', 'brief.on', {}, ['button.report', 'go.bill.query', 'button.person']);
    return resume(scene);
  }
  if (refusedAll(scene)) return resume(scene);
  const endangered = noteDangers(scene);
  if (close(scene)) return;
  if (await control(scene)) return settle(scene);
  const form = formOn(scene);
  if (form ? await answersForm(scene, form, endangered) : await answersOrder(scene)) return;
  if (!form) {
    // «那不用登记了，把代扣停了» with nothing on.
    const beside = wishBeside(scene);
    if (beside) scene.understood = reread(scene, beside);
  }
  await other(scene);
}

/** Whether the message is about an order that was filed before. */
async function answersOrder(scene: Scene): Promise<boolean> {
  const about =
    (await addToLastOrder(scene)) ||
    (await tellCrew(scene)) ||
    (await tellPerson(scene)) ||
    answerAfter(scene) ||
    answersOfOrder(scene);
  if (about) settle(scene);
  return about;
}

/** Whether the form that is on takes the message, or leaves for what it names instead. */
async function answersForm(scene: Scene, form: Form, endangered: boolean): Promise<boolean> {
  const { last } = scene.draft.state;
  const back = last?.left && last.intent !== form.intent && wantsBack(scene) ? last.intent : undefined;
  const instead = back ?? turnsTo(scene, form);
  if (instead) {
    settle(scene);
    await run(scene, instead, back !== undefined);
    return true;
  }
  if (isPassing(scene, form) || isPlace(form.slots[form.asking ?? ''])) hearElsewhere(scene, form.slots);
  if (await aboutOrder(scene, form, endangered)) {
    await resume(scene);
    return true;
  }
  if (thanksInstead(scene, form)) {
    await resume(scene);
    return true;
  }
  shareContact(scene);
  const told = answerAside(scene, form);
  // What was asked of the form itself is no other matter.
  if (((told || !wantsElse(scene, form)) && (await taken(scene, form))) || endangered || told) {
    settle(scene);
    await goOn(scene);
    return true;
  }
  const wantsPerson = form.times >= 3 && scene.understood.heard.yesNo === 'yes';
  if (wantsPerson) await run(scene, 'agent.handoff');
  return wantsPerson;
}

/** «火灭了 但全单元没电»: news of the urgent order, whatever else is being asked; or a phone for one that has none. */
const aboutOrder = async (scene: Scene, form: Form, endangered: boolean): Promise<boolean> =>
  (!endangered && tellsOfOrder(scene, form) && (await tellCrew(scene))) ||
  (givesContact(scene, form) && (await addToLastOrder(scene)));

/** A fault at no other place while a form that takes none is on. */
const tellsOfOrder = (scene: Scene, form: Form, { heard } = scene.understood): boolean =>
  dialogOf(scene, form).danger === undefined &&
  heard.entities.faultKind !== undefined &&
  heard.entities.address === undefined &&
  !heard.question;

/** Whether the form on top takes the message, or the one that waits beneath a mere offer, which is then let pass. */
async function taken(scene: Scene, form: Form): Promise<boolean> {
  splitPlaces(scene, form.intent, form);
  if (await turnedBack(scene, form)) return true;
  if ((await takeIn(scene, form)) === 'filled') {
    if (scene.understood.heard.photos.length > 0) say(scene, 'common', 'photos.got');
    if (isPassing(scene, form)) scene.rest ??= wishBeside(scene);
    return true;
  }
  const { state } = scene.draft;
  const beneath = state.forms.at(-2);
  if (!beneath || !isPassing(scene, form) || (await takeIn(scene, beneath)) !== 'filled') return false;
  state.forms.pop();
  return true;
}

/** «那查我自己的，上个月的»: from the proof of another account back to what waits for one. */
async function turnedBack(scene: Scene, form: Form): Promise<boolean> {
  const { draft, parts, understood } = scene;
  const beneath = draft.state.forms.at(-2);
  if (!beneath || !dialogOf(scene, form).binds || draft.state.accounts.length === 0) return false;
  if (!understood.heard.signs.includes('mine')) return false;
  draft.state.forms.pop();
  understood.heard = heardBy(understood.heard, parts.intents.get(beneath.intent));
  await takeIn(scene, beneath);
  return true;
}

/** The last few things that were said, for a person who takes over. */
function remember({ draft: { state }, understood: { heard } }: Scene): void {
  if (heard.text.trim()) state.said = [...state.said.slice(-3), heard.text.trim().slice(0, 80)];
}

/** «字太多，我年纪大了»: from now on short. True where the message holds no other wish; one that it holds is then read by itself. */
function wantsFewWords(scene: Scene): boolean {
  const { draft, parts, understood } = scene;
  const { signs = {} } = parts.intents.get('control.help') ?? {};
  const asks = (text: string) => signsIn(text, signs).includes('brief');
  if (!asks(understood.heard.text)) return false;
  draft.state.brief = true;
  // What answers a question is heard as such: «抄表员太啰嗦，……» is a complaint's words.
  if (draft.state.forms.length > 0) return lengthOf(understood.heard.text) <= 16 && !holdsFacts(scene);
  return !dropClauses(scene, asks);
}

/** Whether it tells something beside: a fault, a danger, a phone, a place. */
const holdsFacts = ({ understood: { heard, dangers } }: Scene): boolean =>
  dangers.length > 0 || Object.keys(heard.entities).length > 0;
