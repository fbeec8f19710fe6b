import { type Dialog, type Heard, maskAddress, type PhoneValue, type PlaceValue } from '#conversation';
import { normaliseAddress } from '#nlu';
import { attempt } from './attempt.ts';
import { auditedBackend, fileOffers } from './customer.ts';
import { clausesOf } from './halves.ts';
import { type Scene, slotsOf } from './scene.ts';
import type { Form } from './state.ts';

/** «对,就是这个地址», «是登记的那处»: points at what was shown, and denies nothing. */
const points =
  /^(?!.*(不|没|别|错|但|另|换|改))(对|是|嗯|没错|好|行|可以|就|用|还|系|哎|昂|欸)*.{0,4}(这|那|登记|绑定|预留|留的|原来|一直|上面|我家|老地方)/;
const agreed = /^(?!.*(不|没有|别|错|但|另|换|改))(对|是|嗯|没错|系|就是)/;

const denies = /^(不是|不在|不对|不用|错了?)[，,\s]*(是|在|用)?(这|那|登记|绑定|老地方)/;

/** «不是这个地址»: not what was offered, and nothing else yet. */
export const deniesIt = ({ text, yesNo, entities }: Heard): boolean =>
  yesNo === 'no' || (entities.address === undefined && text.length <= 16 && denies.test(text));

/** «就文三路199号这边，打绑定的电话就行»: one clause of it may say so. */
const saysFiled = (text: string) =>
  clausesOf(text).some(
    (clause) => clause.length <= 16 && filed.test(clause) && !/不(?!对)|别|换(?!回)|改(?!回)|错/.test(clause),
  );

const short = ({ text, question, entities }: Heard) =>
  !question && text.length <= 16 && entities.phone === undefined && entities.faultKind === undefined;

/** A yes to what was just shown, in more words than a bare one. */
export const pointsAtIt = (heard: Heard): boolean =>
  short(heard) && heard.entities.address === undefined && heard.addressPart === undefined && points.test(heard.text);

/** A yes that names the very place again: «对就是文三路那套». */
export const agreesTo = (heard: Heard, known?: string): boolean =>
  pointsAtIt(heard) || (short(heard) && agreed.test(heard.text) && names(heard, known));

/** Whether the message names this place: its road or district, or as much of the address as it tells. */
export function names({ text, entities, addressPart }: Heard, known = ''): boolean {
  const said = entities.address ?? addressPart;
  if (said !== undefined) return normaliseAddress(known).includes(normaliseAddress(said));
  const [, district, road] = /^(?:(.{2,9}?[区县]))?(.{2,8})?\*\*\*$/.exec(maskAddress(known)) ?? [];
  return [district, road].some((part) => part !== undefined && isCalled(part, text));
}

/** «拱墅那套», «莫干山的呢»: without what kind of place it is, only where a home or the like follows. */
function isCalled(part: string, text: string): boolean {
  const stem = part.slice(0, -1);
  if (text.includes(part)) return true;
  const after = text.split(stem)[1];
  return stem.length > 1 && after !== undefined && /^(的|那|这|老?房|家|套|户|边|呢|$)/.test(after);
}

/** «另外一户», «别的那套». */
const another = /(?:另外?|别的|其他|其它|还有)那?一?(?:户|套|个|处|家|边)(?!人)|(?:另|还有)一个?(?:户号|房子)/;

/** Which of several proved accounts the words name: by road, district or holder, or as the other one than the `present`. */
export async function accountNamed(scene: Scene, present?: unknown): Promise<string | undefined> {
  const { heard } = scene.understood;
  const { accounts } = scene.draft.state;
  if (accounts.length < 2) return undefined;
  const others = accounts.filter((number) => number !== present);
  if (present && others.length === 1 && another.test(heard.text)) return others[0];
  const named = (await fileOffers(scene)).filter(
    ({ name, address }) => heard.text.includes(name) || names(heard, address),
  );
  return named.length === 1 ? named[0]?.number : undefined;
}

const filed =
  /(登记|预留|绑定|留给?你们|留过|档案|系统里|原来|以前|老|户号)(上|里|时|在|留|办)?.{0,4}(的|那|这|号|电话|手机|有)/;

/** «电话用登记的那个»: the number of the account that the form is about, or of the only one that is proved. */
export async function takeFiledPhone(scene: Scene, form: Form, dialog: Dialog): Promise<boolean> {
  const { heard } = scene.understood;
  const { accounts } = scene.draft.state;
  const [name] = slotsOf(dialog).find(([, { onFile }]) => onFile === 'phone') ?? [];
  if (name === undefined || heard.question || heard.entities.phone || !saysFiled(heard.text)) return false;
  if (form.asking !== name && !/电话|手机|号码|联系|[换改]回/.test(heard.text)) return false;
  const place = slotsOf(dialog).find(([, { onFile }]) => onFile === 'place')?.[0];
  const number = (place && (form.slots[place] as PlaceValue | undefined)?.accountNumber) ?? accounts[0];
  if (number === undefined || !accounts.includes(number)) return false;
  const account = await attempt(scene, () => auditedBackend(scene).accounts.find(number));
  if (!account) return false;
  form.slots[name] = { number: account.phone, source: 'file' } satisfies PhoneValue;
  scene.understood.filled.push(name);
  return true;
}
