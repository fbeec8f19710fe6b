import { lengthOf } from '#nlu';
import { addToLastOrder } from './add.ts';
import { givesContact, shareContact } from './after.ts';
import { dropClauses, refusedAll } from './aside.ts';
import { tellPerson } from './awaited.ts';
import { close } from './closing.ts';
import { control } from './control.ts';
import { noteDangers } from './danger.ts';
import { settle } from './lost.ts';
import { isPassing, other } from './other.ts';
import { goOn, resume, run } from './run.ts';
import { dialogOf, formOn, type Scene, say } from './scene.ts';
import type { Form } from './state.ts';
import { takeIn } from './take.ts';
import { splitPlaces } from './two-places.ts';
import { signsIn } from './understand.ts';
import { takeUpPending } from './wishes.ts';

/** Answers one message, and the second wish of an earlier one when its time has come. */
export async function answer(scene: Scene): Promise<void> {
  await respond(scene);
  await takeUpPending(scene);
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
  if (form && givesContact(scene, form) && (await addToLastOrder(scene))) return resume(scene);
  if (form && ((!wantsElse(scene, form) && (await taken(scene, form))) || endangered)) {
    settle(scene);
    return goOn(scene);
  }
  if (form && form.times >= 3 && scene.understood.heard.yesNo === 'yes') return run(scene, 'agent.handoff');
  if (!form && ((await addToLastOrder(scene)) || (await tellPerson(scene)))) return settle(scene);
  await other(scene);
}

/** Another wish, said outright: no free words of an answer. What else the message tells is then read by that wish's dialog. */
function wantsElse(scene: Scene, form: Form): boolean {
  const intent = scene.understood.begins;
  // A witness tells how somebody cheats: no wish to be shown.
  const witnessed = intent === 'none' && dialogOf(scene, form).sealed && !scene.understood.heard.question;
  return intent !== undefined && intent !== form.intent && !witnessed;
}

/** Whether the form on top takes the message, or the one that waits beneath a mere offer, which is then let pass. */
async function taken(scene: Scene, form: Form): Promise<boolean> {
  splitPlaces(scene, form.intent, form);
  if ((await takeIn(scene, form)) === 'filled') {
    if (scene.understood.heard.photos.length > 0) say(scene, 'common', 'photos.got');
    shareContact(scene);
    return true;
  }
  const { state } = scene.draft;
  const beneath = state.forms.at(-2);
  if (!beneath || !isPassing(scene, form) || (await takeIn(scene, beneath)) !== 'filled') return false;
  state.forms.pop();
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
