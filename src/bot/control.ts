import { pausesIn } from '#conversation';
import { certainFrom, decide, sureFrom } from './decide.ts';
import { lastAnswer } from './elsewhere.ts';
import { clausesOf } from './halves.ts';
import { choosesOtherwise, wishInstead } from './instead.ts';
import { namesField } from './named.ts';
import { resume, run } from './run.ts';
import { dialogOf, formOn, type Scene, say, slotsOf } from './scene.ts';
import type { Form } from './state.ts';
import { reread, signsIn } from './understand.ts';
import { withdraw } from './withdraw.ts';

/** Said outright, a person is called whatever else the message holds. */
const wantsPerson = /转人工|人工客服|人工服务|找人工|接人工|要人工|轉人工/;

/** Cancel, a person, a tapped button: whatever is going on. Answers true if the message was one of them. */
export async function control(scene: Scene): Promise<boolean> {
  const { tap, heard } = scene.understood;
  const tapped = tap?.means.startsWith('intent:') ? tap.means.slice('intent:'.length) : undefined;
  const form = formOn(scene);
  const cancels = wantsCancel(scene, form, tapped);
  const instead = form && wishInstead(scene, form);
  if (form && (instead || cancels || (!tap && leavesOff(scene, form)))) {
    if (!tap) scene.rest = instead ?? wishBeside(scene);
    return cancel(scene, form);
  }
  if (!form && !(tapped && !cancels) && (await takenBack(scene, cancels))) return true;
  if (tapped && tapped !== 'control.cancel') {
    await run(scene, tapped);
    return true;
  }
  if (!wantsPerson.test(heard.text)) return false;
  await run(scene, 'agent.handoff');
  return true;
}

const takenBack = async (scene: Scene, cancels: boolean): Promise<boolean> =>
  (await withdraw(scene, cancels)) || (!scene.understood.tap && leftBefore(scene));

/** «不报了 我再试试» once more, right after it was given up. */
function leftBefore(scene: Scene): boolean {
  const last = lastAnswer(scene);
  const [first = ''] = pausesIn(scene.understood.heard.text);
  const again =
    last?.left === true && (givesUp(scene, first) || /^(?:那|先)*不[报办查投装销](?:了|修了)?$/.test(first));
  if (again) say(scene, last.intent, 'cancelled');
  return again;
}

function wantsCancel({ understood, ...rest }: Scene, form: Form | undefined, tapped: string | undefined): boolean {
  const { recognition, heard } = understood;
  if (tapped) return tapped === 'control.cancel';
  if (understood.begins === 'control.cancel') return true;
  // «好了 刚才说的退钱咋弄» gives nothing up.
  const least = heard.question ? certainFrom : sureFrom;
  if (recognition.intent !== 'control.cancel' || recognition.confidence < least) return false;
  const declines = form !== undefined && mayDecline({ understood, ...rest }, form);
  return !declines && Object.keys(heard.entities).length === 0;
}

/** «算了不办了» is no answer to the question on the table, but an end of it all. */
const endsAll = /不(?:办|弄|登记)了|取消|cancel|never ?mind|forget (?:it|about it)/i;

/** Whether «不用了» declines just the question on the table: an optional field, an offer, a yes or no. */
function mayDecline(scene: Scene, form: Form): boolean {
  const name = form.asking;
  const slot = name === undefined ? undefined : dialogOf(scene, form).slots[name];
  if (name === undefined || slot === undefined) return false;
  if (slot.asking === 'refusable' && endsAll.test(scene.understood.heard.text)) return false;
  if (namesField(scene, form, name)) return true;
  const offered = slot.onFile !== undefined && !form.memo.noFile && scene.draft.state.accounts.length > 0;
  const { heard } = scene.understood;
  return heard.yesNo === 'no' && (slot.asking === 'refusable' || offered || slot.read(heard, true) !== undefined);
}

/** One clause gives the form up («先不销了», «再想想»), but where it declines just the question on the table. */
function leavesOff(scene: Scene, form: Form): boolean {
  const { parts } = scene;
  const enough = form.asking === 'confirm' ? parts.intents.get('control.cancel')?.signs.enough : [];
  const leaves = pausesOf(scene).some((clause) => givesUp(scene, clause, enough));
  return leaves && !answers(scene, form) && !mayDecline(scene, form) && !tellsStory(scene, form);
}

/** The offer on the table takes it, or the message holds what no end of it all would: «算了，还是留个电话吧，138…». */
function answers(scene: Scene, form: Form): boolean {
  const { heard } = scene.understood;
  const dialog = dialogOf(scene, form);
  const slot = form.asking === undefined ? undefined : dialog.slots[form.asking];
  if (choosesOtherwise(scene, form, dialog)) return true;
  return Object.keys(heard.entities).length > 0 || (slot?.passing === true && slot.read(heard, true) !== undefined);
}

/** «现在先不办了谢谢»: longer clauses tell of something else. */
const longestLeave = 12;

/** Whether a clause says so by the signs of control.cancel: `begins`, `leaves`, and at the summary `enough`. */
function givesUp({ parts }: Scene, clause: string, enough: readonly string[] = []): boolean {
  const { begins = [], leaves = [] } = parts.intents.get('control.cancel')?.signs ?? {};
  const held = signsIn(clause.toLowerCase(), { leaves: [...begins, ...leaves, ...enough] });
  return clause.trim().length <= longestLeave && held.length > 0;
}

/** «店铺不开了» tells of the shop; «那不用登记了» gives something up. */
const particles = /^(?:那|就|先|我|也|还是|算了|好的?|[\s，,])*/;

/** Words of a story are no decision: «说以后再来处理» in a complaint. Once it is told, «还是算了 别登记了» is one. */
function tellsStory(scene: Scene, form: Form): boolean {
  const dialog = dialogOf(scene, form);
  const told = slotsOf(dialog).some(
    ([name, { loose }]) => loose && form.asking !== name && form.slots[name] !== undefined,
  );
  const last = pausesOf(scene).at(-1) ?? '';
  return dialog.tells === true && form.asking !== 'confirm' && !(told && /[别不]/.test(last) && givesUp(scene, last));
}

/** Clauses, also where a blank stands for the mark. */
const pausesOf = ({ understood: { heard } }: Scene): string[] =>
  clausesOf(heard.text).flatMap((clause) => clause.split(/(?<=\p{Script=Han})\s+/u).filter(Boolean));

/** What else is said, where it is a wish of its own; a reason why, or a question that the end of it all answers, needs no reply. */
export function wishBeside(scene: Scene): string | undefined {
  const { draft, parts, understood } = scene;
  const enough = parts.intents.get('control.cancel')?.signs.enough;
  const clauses = clausesOf(understood.heard.text);
  const on = formOn(scene) !== undefined;
  // With nothing on only what comes first gives something up: the rest may be a story.
  if (!on && !/^[不先再]/.test((clauses[0] ?? '').replace(particles, ''))) return undefined;
  const others = clauses.filter((clause, at) => !((on || at === 0) && givesUp(scene, clause, enough)));
  if (others.length === 0 || others.join('') === understood.heard.text) return undefined;
  const rest = reread(scene, others.join(''));
  const decision = decide(rest.recognition);
  const likely = decision.kind === 'sure' || (decision.kind === 'offer' && /[问查]/.test(rest.heard.text));
  const wish = rest.begins ?? (likely ? rest.recognition.intent : undefined);
  const own = wish !== undefined && wish !== draft.state.forms.at(-1)?.intent && !/^(chat|control|none)/.test(wish);
  return own ? others.join('') : undefined;
}

/** What was filled in is kept a while, for «还是报吧». */
async function cancel(scene: Scene, form: Form): Promise<boolean> {
  const { state } = scene.draft;
  state.forms.pop();
  state.recent = { slots: form.slots, at: scene.now.getTime(), text: form.text };
  state.last = { intent: form.intent, at: scene.now.getTime(), left: true, refused: form.refused };
  state.pending = undefined;
  say(scene, form.intent, 'cancelled');
  if (dialogOf(scene, form).binds) state.forms = state.forms.filter((waiting) => !lacksProof(scene, waiting));
  await resume(scene);
  return true;
}

/** Without the account that was to be proved, nothing comes of what waited for it. */
const lacksProof = (scene: Scene, form: Form) =>
  slotsOf(dialogOf(scene, form)).some(([name, { proof }]) => proof && form.slots[name] === undefined);
