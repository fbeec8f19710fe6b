import { localClock } from '#conversation';
import { answersAtLast } from './asked.ts';
import { button } from './buttons.ts';
import { callPerson, type Scene, say, textsOf } from './scene.ts';
import { signsIn } from './understand.ts';
import { titleOf } from './wishes.ts';

/** Something was understood: misses are counted anew. */
export function settle({ draft: { state } }: Scene): void {
  state.misses = 0;
  state.strays = 0;
}

const longNumber = /\d(?:[\d\s-]{5,})\d/g;

/** What is not for us by what it names (signs of `none`), where a text tells the right door. */
export const doorOf = ({ parts, understood: { heard } }: Scene): string | undefined => {
  // «湖墅南路120号» calls no ambulance, «85123456» no hotline.
  const words = heard.text
    .replace(heard.entities.address ?? '', '')
    .replaceAll(longNumber, '')
    .toLowerCase();
  return signsIn(words, parts.intents.get('none')?.signs).find((sign) => parts.texts.has('none', sign));
};

export const sayDoor = (scene: Scene, door: string) =>
  say(scene, 'none', door, {}, scene.parts.texts.find('none', `buttons.${door}`)?.split(/\s+/) ?? ['button.person']);

/** Not for us: the right door where we know it; the second time without one, a person. */
export async function stray(scene: Scene): Promise<void> {
  const { state } = scene.draft;
  const door = doorOf(scene);
  if (door) return sayDoor(scene, door);
  if (answersAtLast(scene)) return;
  state.strays += 1;
  if (state.strays > 1) return person(scene, 'out_of_scope');
  say(scene, 'common', 'out.of.scope', {}, ['button.report', 'button.outage', 'button.person']);
}

/** Two guesses to choose from; the second time running, a person. */
export async function offer(scene: Scene, intents: string[]): Promise<void> {
  if (answersAtLast(scene)) return settle(scene);
  const { draft } = scene;
  draft.state.misses += 1;
  if (draft.state.misses >= 2) return person(scene, 'not_understood');
  const others = intents.filter((id) => id !== 'agent.handoff');
  const buttons = others.map((id) => ({ title: titleOf(scene, id), means: `intent:${id}` }));
  say(scene, 'common', 'unsure', {}, [
    ...buttons,
    button(textsOf(scene), 'common', 'button.person', scene.parts.texts),
  ]);
}

export async function unclear(scene: Scene): Promise<void> {
  if (answersAtLast(scene)) return settle(scene);
  const { state } = scene.draft;
  state.misses += 1;
  if (state.misses >= 2) return person(scene, 'not_understood');
  say(scene, 'common', 'unclear', {}, ['button.report', 'button.outage', 'button.person']);
}

/** Hands the conversation to a person, with a summary; outside their hours that is told. */
async function person(scene: Scene, reason: string): Promise<void> {
  settle(scene);
  callPerson(scene, reason);
  const texts = textsOf(scene);
  const hours = { from: texts.say('common', 'hours.from'), to: texts.say('common', 'hours.to') };
  const clock = localClock(scene.now);
  const open = clock >= hours.from && clock < hours.to;
  say(scene, 'common', open ? 'person' : 'person.closed', hours, ['button.report', 'button.outage']);
}
