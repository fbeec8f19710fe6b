import { askedIn, type Heard } from '#conversation';
import { lengthOf } from '#nlu';
import { unknown } from './aside.ts';
import { answersAtLast, answersInstead } from './asked.ts';
import { keepStatements } from './confirm.ts';
import { certainFrom, type Decision } from './decide.ts';
import { dialogThat } from './dialogs.ts';
import { clausesOf } from './halves.ts';
import { doorOf, sayDoor, settle } from './lost.ts';
import { goOn, run } from './run.ts';
import { dialogOf, type Scene, say, signsOf } from './scene.ts';
import { type Form, keepRecent, tell } from './state.ts';
import { reread } from './understand.ts';
import { twoWishes, type Wish, without } from './wishes.ts';

/** What has no answer of its own but the door that it leads to. */
export const notOurs = 'none';

/** Stated and not asked, they tell that the customer lacks something: no wish to get it in the middle of another form. */
const lacks: readonly string[] = ['lacks', 'lookup'];

/** «还是报吧», «继续办»: what was given up or answered before, after all. */
export const wantsBack = ({ understood: { heard } }: Scene): boolean =>
  /^(?:那|好了|对了|[，,\s])*(?:(?:再问|再说|说回|回到|接着说|继续说)(?:一下)?(?:刚才|之前|前面)|(?:刚才|之前|前面)(?:说|问|讲)的)|^(那|那就|算了)?(还是|继续|接着)?(没电，?)?(报|办)(一下|了)?吧?$|^(那|那就|算了)?(还是|继续|接着).{0,4}(报|办|修)/.test(
    heard.text,
  );

/** With a form on: another wish is answered and the form resumed; a remark at the summary goes to the crew. */
export async function within(scene: Scene, form: Form, decision: Decision): Promise<void> {
  if (ofTheForm(scene, form, decision)) return goOn(scene);
  const [wish, next] = twoWishes(scene, decision);
  const intent = wish?.intent ?? (isSure(scene, decision) ? decision.intent : faultBeside(scene, form));
  if (intent && isDigression(scene, form, intent)) {
    settle(scene);
    if (isPassing(scene, form)) passOver(scene, form);
    if (wish && next && next.intent !== form.intent) park(scene, wish, next);
    return run(scene, intent);
  }
  const door = intent === notOurs || decision.kind === 'stray' ? doorOf(scene) : undefined;
  if (door) sayDoor(scene, door);
  else remark(scene, form);
  return goOn(scene);
}

/** Answers what is asked of the form itself, and takes «那还是报修吧» after a digression for what it is: the form that is on. */
function ofTheForm(scene: Scene, form: Form, decision: Decision): boolean {
  const time = asksItsTime(scene, form, decision);
  if (time) {
    say(scene, form.intent, 'time');
    keepStatements(scene, form);
  }
  return time || wantsBack(scene) || answersInstead(scene);
}

/** «几天答复?», «什么时候来人?» while something is being filed: its own time limit, not the progress of another order. */
function asksItsTime({ parts, understood }: Scene, { intent }: Form, decision: Decision): boolean {
  const { confirm, danger } = parts.dialogs.get(intent) ?? {};
  const { text, question } = understood.heard;
  if ((confirm ?? danger) === undefined || !question || askedIn(text) !== 'time') return false;
  return decision.kind !== 'sure' || decision.intent === intent || parts.dialogs.get(decision.intent)?.follows === true;
}

/** In a form a statement is news of the matter, «从上个月就开始的», «就我一个老太婆在家», unless it is all but certain to be something else. */
function isSure({ understood }: Scene, decision: Decision): decision is Decision & { kind: 'sure' } {
  if (decision.kind !== 'sure') return false;
  const { heard, begins, hints, recognition } = understood;
  if (lengthOf(heard.text) < 2) return false;
  const news = !heard.question && (begins ?? hints) === undefined;
  return !news || recognition.confidence >= certainFrom || recognition.intent !== decision.intent;
}

/** The second of two wishes that were said in the middle of a form. */
function park(scene: Scene, wish: Wish, next: Wish): void {
  scene.draft.state.pending ??= { ...next, at: scene.now.getTime(), aside: true };
  without(scene, wish, next);
}

/** What is said beside the question goes to staff with the order; a question that nobody here can answer is told to be one. */
function remark(scene: Scene, form: Form): void {
  const { text, question, yesNo } = scene.understood.heard;
  if (text.trim().length < 4 || yesNo) return;
  if (question && !unknown.test(text)) {
    if (answersAtLast(scene)) form.times = Math.min(form.times, 1);
    else say(scene, 'common', 'unheard');
    keepStatements(scene, form);
    return;
  }
  // A correction that no field took is not merely noted.
  if (scene.understood.correction !== undefined && form.asking === 'confirm') {
    form.asking = 'change';
    return;
  }
  if (!dialogOf(scene, form).binds) tell(form, text);
  if (form.asking !== 'confirm' && !isPassing(scene, form) && !tellsMore(scene, form)) return;
  say(scene, scene.parts.texts.has(form.intent, 'noted') ? form.intent : 'common', 'noted');
}

/** «冰箱去年买的4000，电视3500» to «your phone?»: no answer, but news for those who come. */
function tellsMore(scene: Scene, form: Form): boolean {
  const dialog = dialogOf(scene, form);
  const asked = form.asking === undefined ? undefined : dialog.slots[form.asking];
  return dialog.confirm !== undefined && asked?.asking === 'refusable' && lengthOf(scene.understood.heard.text) >= 6;
}

/** What is on the table is a mere offer, which turning to something else declines. */
export const isPassing = (scene: Scene, form: Form) =>
  form.asking !== undefined && dialogOf(scene, form).slots[form.asking]?.passing === true;

/** The offer is over; what was learnt with it is kept for what comes next. */
function passOver({ draft: { state }, now }: Scene, form: Form): void {
  state.forms.pop();
  keepRecent(state, form.slots, now);
}

/** A «好的» where no yes was asked for changes nothing, and a form that takes dangers is not stacked on one that does. */
function isDigression(scene: Scene, form: Form, intent: string): boolean {
  if (intent === form.intent || intent === notOurs || /^control\.(affirm|deny|cancel)$/.test(intent)) return false;
  const { yesNo, question } = scene.understood.heard;
  if (yesNo && intent.startsWith('chat.')) return false;
  if (!question && signsOf(scene, intent).some((sign) => lacks.includes(sign))) return false;
  return !(dialogOf(scene, form).danger && scene.parts.dialogs.get(intent)?.danger);
}

/** A fault told to a form that files nothing, where the classifier is not sure: «俺那机井没电了，是不是欠费» to «where do you pay?». */
function faultBeside(scene: Scene, form: Form): string | undefined {
  const { confirm, danger, binds } = dialogOf(scene, form);
  const told = confirm || danger || binds ? undefined : faultIn(scene);
  if (told === undefined) return undefined;
  // «不是欠费，隔壁井也没电»: what one clause tells the whole does not.
  scene.understood.heard.entities.faultKind ??= told.entities.faultKind;
  return dialogThat(scene.parts.dialogs, 'takes');
}

/** The clause that tells of a fault as seen, not asked: «家里突然黑了，是不是欠费». */
export function faultIn(scene: Scene): Heard | undefined {
  const clauses = clausesOf(scene.understood.heard.text).map((text) => reread(scene, text).heard);
  return clauses.find(({ entities, question }) => entities.faultKind !== undefined && !question);
}
