import { addToLastOrder } from './add.ts';
import { control } from './control.ts';
import { noteDangers } from './danger.ts';
import { decide } from './decide.ts';
import { isPassing, other } from './other.ts';
import { goOn, run } from './run.ts';
import { formOn, type Scene, say } from './scene.ts';
import type { Form } from './state.ts';
import { takeIn } from './take.ts';
import { signsIn } from './understand.ts';
import { takeUpPending } from './wishes.ts';

/** Answers one message, and the second wish of an earlier one when its time has come. */
export async function answer(scene: Scene): Promise<void> {
  await respond(scene);
  await takeUpPending(scene);
}

/** Danger first, then control, then the question on the table, then whatever it may be. */
async function respond(scene: Scene): Promise<void> {
  const { state } = scene.draft;
  remember(scene);
  if (wantsFewWords(scene))
    return say(scene, 'common', 'brief.on', {}, ['button.report', 'go.bill.query', 'button.person']);
  const endangered = noteDangers(scene);
  if (await control(scene)) return settle(state);
  const form = formOn(scene);
  if (form && ((await taken(scene, form)) || endangered)) {
    settle(state);
    return goOn(scene);
  }
  if (form && form.times >= 3 && scene.understood.heard.yesNo === 'yes') return run(scene, 'agent.handoff');
  if (!form && (await addToLastOrder(scene))) return settle(state);
  await other(scene);
}

/** Whether the form on top takes the message, or the one that waits beneath a mere offer, which is then let pass. */
async function taken(scene: Scene, form: Form): Promise<boolean> {
  if ((await takeIn(scene, form)) === 'filled') return true;
  const { state } = scene.draft;
  const beneath = state.forms.at(-2);
  if (!beneath || !isPassing(scene, form) || (await takeIn(scene, beneath)) !== 'filled') return false;
  state.forms.pop();
  return true;
}

const settle = (state: Scene['draft']['state']) => {
  state.misses = 0;
  state.strays = 0;
};

/** The last few things that were said, for a person who takes over. */
function remember({ draft: { state }, understood: { heard } }: Scene): void {
  if (heard.text.trim()) state.said = [...state.said.slice(-3), heard.text.trim().slice(0, 80)];
}

/** «字太多，我年纪大了»: from now on short. True where the message holds no other wish. */
function wantsFewWords({ draft, parts, understood }: Scene): boolean {
  const asked = signsIn(understood.heard.text, parts.intents.get('control.help')?.signs).includes('brief');
  draft.state.brief ||= asked;
  return asked && draft.state.forms.length === 0 && decide(understood.recognition).kind !== 'sure';
}
