import { addToLastOrder } from './add.ts';
import { control } from './control.ts';
import { noteDangers } from './danger.ts';
import { other } from './other.ts';
import { goOn, run } from './run.ts';
import { formOn, type Scene } from './scene.ts';
import { takeIn } from './take.ts';

/** Answers one message: danger first, then control, then the question on the table, then whatever it may be. */
export async function answer(scene: Scene): Promise<void> {
  const { state } = scene.draft;
  remember(scene);
  const endangered = noteDangers(scene);
  if (await control(scene)) return settle(state);
  const form = formOn(scene);
  if (form && ((await takeIn(scene, form)) === 'filled' || endangered)) {
    settle(state);
    return goOn(scene);
  }
  if (form && form.times >= 3 && scene.understood.heard.yesNo === 'yes') return run(scene, 'agent.handoff');
  if (!form && (await addToLastOrder(scene))) return settle(state);
  await other(scene);
}

const settle = (state: Scene['draft']['state']) => {
  state.misses = 0;
  state.strays = 0;
};

/** The last few things that were said, for a person who takes over. */
function remember({ draft: { state }, understood: { heard } }: Scene): void {
  if (heard.text.trim()) state.said = [...state.said.slice(-3), heard.text.trim().slice(0, 80)];
}
