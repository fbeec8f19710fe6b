import { goesAhead, type Slot } from '#conversation';
import { asksAfterOrder } from './after.ts';
import { anywhere, askedMinutes } from './asked.ts';
import { agreesFirst, keepStatements } from './confirm.ts';
import { certainFrom, type Decision, decide } from './decide.ts';
import { clausesOf } from './halves.ts';
import { dialogOf, type Scene, say, slotsOf } from './scene.ts';
import type { Form } from './state.ts';
import { heardBy, phrasesIn, reread } from './understand.ts';
import { faultIn } from './within.ts';

/** Signs of an intents file that are questions about the form that is on; each has its answer under the same key in the texts. */
const aside = 'aside.';

/** Answers what is asked about the form on the table («为什么要手机号», «能不能不验证»); the form then goes on. True where something was. */
export function answerAside(scene: Scene, form: Form): boolean {
  if (!answerOf(scene, [form.intent, anywhere])) return false;
  scene.understood.heard.answered = true;
  // What was asked is no bad answer to our question: nobody is stuck.
  form.times = Math.min(form.times, 1);
  keepStatements(scene, form);
  return true;
}

/** The same right after its order was filed: «那以前多交的能退不». */
export function answerAfter(scene: Scene): boolean {
  const { draft, now, understood } = scene;
  const { lastOrder, last } = draft.state;
  // «又跳了» a day later speaks of it again.
  const at = last?.intent === lastOrder?.intent ? last?.at : undefined;
  const spoken = Math.max(lastOrder?.at ?? 0, at ?? 0);
  const lately = lastOrder?.intent !== undefined && now.getTime() - spoken < askedMinutes * 60_000;
  if (!lately || !understood.heard.question || asksAfterOrder(scene)) return false;
  return answerOf(scene, [lastOrder?.intent ?? '']);
}

function answerOf(scene: Scene, ids: readonly string[]): boolean {
  const { parts, understood } = scene;
  const text = understood.heard.text.toLowerCase();
  for (const id of ids) {
    const signs = Object.entries(parts.intents.get(id)?.signs ?? {}).filter(([sign]) => sign.startsWith(aside));
    const [asked] = Object.keys(phrasesIn(text, Object.fromEntries(signs)));
    if (asked === undefined) continue;
    say(scene, id, asked);
    return true;
  }
  return false;
}

/**
 * Whether the message is another matter than the form's, though a slot of it would take the words: another wish said outright, a
 * question with an answer of its own, or a fault told to a form that asks of something else.
 */
export function wantsElse(scene: Scene, form: Form): boolean {
  const { begins, heard, recognition, tap } = scene.understood;
  if (tap || agreesFirst(scene, form)) return false;
  // A witness tells how somebody cheats: no wish to be shown.
  const witnessed = begins === 'none' && dialogOf(scene, form).sealed && !heard.question;
  if (begins !== undefined) return begins !== form.intent && !witnessed;
  if (offerNamesAnother(scene, form)) return true;
  const decision = decide(recognition);
  // «隔壁井也没电，在王庄村东头» to «where do you pay?», whatever the classifier makes of it.
  const { confirm, danger, binds, tells } = dialogOf(scene, form);
  if (!confirm && !danger && !binds && !tells && heard.entities.address && faultIn(scene)) return true;
  return isOther(decision, form) && (asksElse(scene, form) || tellsFault(scene, form, decision));
}

/** «帮我查一下停电» to «shall we check the bill?»: each clause that sounds like a yes is, all but certainly, another wish. */
function offerNamesAnother(scene: Scene, form: Form): boolean {
  const { heard } = scene.understood;
  const slot = form.asking === undefined ? undefined : dialogOf(scene, form).slots[form.asking];
  if (!slot?.passing || heard.yesNo) return false;
  const signs = scene.parts.intents.get(form.intent);
  const agreeing = clausesOf(heard.text)
    .map((clause) => reread(scene, clause))
    .filter((each) => slot.read(heardBy(each.heard, signs), true) === true);
  return (
    agreeing.length > 0 &&
    agreeing.every(
      ({ heard: { text }, recognition }) =>
        !goesAhead(text) && recognition.confidence >= certainFrom && isOther(decide(recognition), form),
    )
  );
}

const isOther = (decision: Decision, form: Form): boolean =>
  decision.kind === 'sure' && decision.intent !== form.intent && !/^(chat|control|none|agent)/.test(decision.intent);

/** A question that no slot but those of free words, months or choices would take for its answer. */
function asksElse(scene: Scene, form: Form): boolean {
  const { heard } = scene.understood;
  if (!heard.question) return false;
  const dialog = dialogOf(scene, form);
  if (form.asking !== undefined && dialog.slots[form.asking]?.loose) return false;
  const takes = ([name, slot]: [string, Slot]) =>
    slot.read(heard, form.asking === name, form.slots[name]) !== undefined;
  return !slotsOf(dialog).some((each) => !each[1].soft && takes(each));
}

/** What is out is no answer to «where do you pay?»; a complaint may well tell of it. */
function tellsFault({ parts, understood: { heard } }: Scene, form: Form, decision: Decision): boolean {
  const dialog = parts.dialogs.get(form.intent);
  const takes = decision.kind === 'sure' && parts.dialogs.get(decision.intent)?.danger !== undefined;
  return takes && heard.entities.faultKind !== undefined && !dialog?.danger && !dialog?.tells && !dialog?.sealed;
}
