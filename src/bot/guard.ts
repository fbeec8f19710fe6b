import { button } from './buttons.ts';
import type { Reply } from './draft.ts';
import { type Scene, textsOf } from './scene.ts';

/** Replies that may repeat: safety is worth saying again, and so is that something was added; what is refused stays refused. */
const mayRepeat = ({ key }: Reply) => /^common:(safety|after|added)\b/.test(key) || /:(withheld|told)$/.test(key);

/**
 * Never the same reply more than twice running: the third time examples and a person are offered instead, and after them the
 * first may be said again. Also answers a turn in which nothing at all was said.
 */
export function neverThrice(scene: Scene): void {
  const { draft } = scene;
  // A question put again after two answers in a row stands once, at the end.
  draft.replies = draft.replies.filter(
    ({ text }, at, all) => !all.some((later, then) => then > at && later.text === text),
  );
  const texts = textsOf(scene);
  const said = () => draft.replies.map((reply) => reply.text).join('\n');
  const { state } = draft;
  const again = draft.replies.length === 0 || state.lately.filter((before) => before === said()).length >= 2;
  if (again && !draft.replies.some(mayRepeat)) {
    const buttons = ['button.report', 'button.outage', 'button.person'];
    draft.replies = [
      {
        key: 'common:examples',
        text: texts.say('common', 'examples'),
        buttons: buttons.map((key) => button(texts, 'common', key, scene.parts.texts)),
      },
    ];
  }
  state.lately = [...state.lately.slice(-1), said()];
  state.buttons = draft.replies.at(-1)?.buttons ?? [];
}
