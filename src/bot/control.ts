import { sureFrom } from './decide.ts';
import { resume, run } from './run.ts';
import { dialogOf, formOn, type Scene, say, slotsOf } from './scene.ts';
import type { Form } from './state.ts';
import { namesField } from './take.ts';
import { withdraw } from './withdraw.ts';

/** Said outright, a person is called whatever else the message holds. */
const wantsPerson = /转人工|人工客服|人工服务|找人工|接人工|要人工|轉人工/;

/** Cancel, a person, a tapped button: whatever is going on. Answers true if the message was one of them. */
export async function control(scene: Scene): Promise<boolean> {
  const { tap, heard } = scene.understood;
  const tapped = tap?.means.startsWith('intent:') ? tap.means.slice('intent:'.length) : undefined;
  const form = formOn(scene);
  const cancels = wantsCancel(scene, form, tapped);
  if (cancels && form) return cancel(scene, form);
  if (!form && !(tapped && !cancels) && (await withdraw(scene, cancels))) return true;
  if (tapped && tapped !== 'control.cancel') {
    await run(scene, tapped);
    return true;
  }
  if (!wantsPerson.test(heard.text)) return false;
  await run(scene, 'agent.handoff');
  return true;
}

function wantsCancel({ understood, ...rest }: Scene, form: Form | undefined, tapped: string | undefined): boolean {
  const { recognition, heard } = understood;
  if (tapped) return tapped === 'control.cancel';
  if (understood.begins === 'control.cancel') return true;
  if (recognition.intent !== 'control.cancel' || recognition.confidence < sureFrom) return false;
  const declines = form !== undefined && mayDecline({ understood, ...rest }, form);
  return !declines && Object.keys(heard.entities).length === 0;
}

/** «算了不办了» is no answer to the question on the table, but an end of it all. */
const givesUp = /不(?:办|弄|登记)了|取消|cancel|never ?mind|forget (?:it|about it)/i;

/** Whether «不用了» declines just the question on the table: an optional field, an offer, a yes or no. */
function mayDecline(scene: Scene, form: Form): boolean {
  const name = form.asking;
  const slot = name === undefined ? undefined : dialogOf(scene, form).slots[name];
  if (name === undefined || slot === undefined) return false;
  if (slot.asking === 'refusable' && givesUp.test(scene.understood.heard.text)) return false;
  if (namesField(scene, form, name)) return true;
  const offered = slot.onFile !== undefined && !form.memo.noFile && scene.draft.state.accounts.length > 0;
  const { heard } = scene.understood;
  return heard.yesNo === 'no' && (slot.asking === 'refusable' || offered || slot.read(heard, true) !== undefined);
}

/** What was filled in is kept a while, for «还是报吧». */
async function cancel(scene: Scene, form: Form): Promise<boolean> {
  const { state } = scene.draft;
  state.forms.pop();
  state.recent = { slots: form.slots, at: scene.now.getTime() };
  state.last = { intent: form.intent, at: scene.now.getTime() };
  state.pending = undefined;
  say(scene, form.intent, 'cancelled');
  if (dialogOf(scene, form).binds) state.forms = state.forms.filter((waiting) => !lacksProof(scene, waiting));
  await resume(scene);
  return true;
}

/** Without the account that was to be proved, nothing comes of what waited for it. */
const lacksProof = (scene: Scene, form: Form) =>
  slotsOf(dialogOf(scene, form)).some(([name, { proof }]) => proof && form.slots[name] === undefined);
