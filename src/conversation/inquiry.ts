import type { Next, Turn } from './declare.ts';
import { pausesIn } from './pauses.ts';
import type { Slot } from './slot.ts';
import { yesNo } from './slots.ts';

/** What customers ask of a business before or while they apply for it. */
export type About = 'papers' | 'time' | 'fee' | 'lacking' | 'owner';

const inquires = /请问|咨询|问一下|问问|想问|了解|打听|什么|啥|哪些|如何/;
const family =
  '(?:爸|妈|爹|娘|父|母|爷|奶|公|婆|岳|外公|外婆|老公|老婆|老伴|丈夫|妻|爱人|儿|女|孩|哥|弟|姐|妹|叔|亲戚|家人|家里人|老人)';
const asksFor: readonly [About, RegExp][] = [
  [
    'owner',
    new RegExp(
      `(?:户主|房主|房本|房产|产权|房子|名字|名下|写的|登记)[^。？?]{0,8}(?:${family}|别人|不是我)[^。？?]{0,16}(?:[能行可]|办)[^。？?]{0,10}(?:[吗么不没][。？?！!]*$|[？?]|行不行|能不能|可不可以)|(?:不是户主|不在我名下|不是我名下)[^。？?]{0,12}[能行可][^。？?]{0,8}(?:[吗么不][。？?！!]*$|[？?])|(?:能|可以)[^。？?]{0,4}(?:替|帮|代)[^。？?]{0,3}${family}[^。？?]{0,4}(?:办|申请|报)[^。？?]{0,3}[吗么不？?]`,
    ),
  ],
  [
    'lacking',
    /(?:不给|不肯|不提供|没有|没带|没办|拿不到|拿不出|丢了|丢失|找不到|不齐|不全|缺|过期|不在身边|只有)[^，。？?]{0,12}(?:证|本|书|材料|资料|合同|证明|盖章|公章|发票|照片|复印件)?[，,、 ]{0,2}(?:怎么办[？?。！啊呢]*$|咋办|咋整|咋弄|如何是好|能办吗|可以办吗|可以吗|行吗|行不行|能不能办)/,
  ],
  [
    'papers',
    /(材料|资料|证件|手续|流程|步骤|条件|东西|证明).{0,6}(什么|啥|哪些|哪几|怎么|咋|吗|如何|多|[?？])|(什么|啥|哪些|哪几).{0,4}(材料|资料|证件|手续|流程|步骤|条件|东西|证明)|(要|用|需要|得)(带|准备|交|拿|提供)些?(什么|啥|哪些)|^(材料|资料|手续|流程|条件)$|(怎么|咋|如何)(办|申请|弄|报)/,
  ],
  [
    'fee',
    /(?:多少钱|几多钱)(?!.{0,2}度)|收费|收钱|要钱|花钱|[交付缴]钱[吗么不]|费用|免费吗|免费不|自费|谁(出|承担|掏)|贵不贵/,
  ],
  [
    'time',
    /多久|多长时间|(?<![前这那好过])几天|多少天|几个工作日|(什么|啥)时候(能|可以|才|会|来|到|有|派|上门|答复|回复|处理|解决|给|联系)|何时(能|可以|答复|来)|几[时点](来|到(?!几)|能)|快不快|派人了[吗没]|有人来[吗么]|(今天|当天|明天|这周|马上)能.{0,3}(好|完|成)/,
  ],
  [
    'papers',
    /\b(?:documents?|papers|paperwork|materials)\b|\bwhat (?:do|should|must) i (?:need|bring|prepare|submit)\b/i,
  ],
  ['fee', /\bhow much (?:does|is|will|would|do)\b|\b(?:costs?|fees?|free of charge|for free)\b/i],
  [
    'owner',
    /\b(?:can|may) i (?:apply|do it|sign) for (?:my|him|her|them)\b|\bin my (?:father|mother|wife|husband|parents?)'?s? name\b.*\b(?:can|may)\b/i,
  ],
  ['time', /\bhow (?:long|many days|soon)\b/i],
];

/** What of these the words ask for. */
export const askedIn = (text: string): About | undefined => asksFor.find(([, asks]) => asks.test(text))?.[0];

/** A question to us about the business; answered, it is forgotten. */
export function about(): Slot<About> {
  return { asking: 'never', soft: false, read: ({ text, answered }) => (answered ? undefined : askedIn(text)) };
}

const applies =
  /^(那|就|好的?|行|嗯|可以|我|俺|咱|们|你|也|还是|想|要的?|是的|对|需要|帮|请|麻烦|给|现在|马上|立即|直接|开始|先|[，,。！!\s])*(办|申请|报装|报名|登记|提交|装|开通|取消|受理|预约|申报|索赔|理赔|改|换|移|迁|验)(?!.*[?？吗])/;

/** A question by its form only: «能帮我申请吗». */
const bids =
  /^(那|请问|你们?|您)*(能|可以|可不可以|能不能|可否)(直接|现在)?(帮|替|给)?(我|俺)?(办|申请|登记|弄)(理|一下|下)?[吗么]?[?？]?$/;

/** Said once more while the form is on, it changes nothing. */
const again = /^(那就?|我要|现在|马上|直接|帮我)?(办理|申请|登记|办)(吧|一下)?[。！!]?$/;

/** «不装了», «先不办» at the offer. */
const leaves = /^(那|算了|我|就|还是|[，,\s])*(先|暂时|暂)?不(装|办|弄|申请|登记|开|换|改|过户|报)了?[吧。！!]*$/;

/** Whether a customer who only asked wants to apply now; besides a yes, «那帮我办», «我要申请». */
export function applyNow(also: readonly string[]): Slot<boolean> {
  const plain = yesNo({ buttons: ['button.apply', 'button.later', ...also], passing: true });
  return {
    ...plain,
    read: (heard, asked, current) => {
      const text = heard.text.trim();
      if (asked && leaves.test(text)) return false;
      // «要拿啥材料 给我办一个»: one clause asks, another wants it.
      const clauses = text
        .split(/[，。！？,!?；;\s]+/)
        .filter((clause) => !/[吗么呢啥]|不$|什么|怎|多|能不能|可以/.test(clause));
      const wants =
        asked &&
        !heard.yesNo &&
        (heard.question ? clauses.some((each) => applies.test(each)) : applies.test(text) || goesAhead(text));
      return wants || again.test(text) || (asked && bids.test(text)) || plain.read(heard, asked, current);
    },
  };
}

/** Whether staff shall check what was just explained: an offer, which turning to something else lets pass. */
export function checkNow(): Slot<boolean> {
  const plain = yesNo({
    buttons: ['button.check', 'button.enough'],
    signs: { yes: 'check', no: 'enough' },
    plain: true,
    passing: true,
  });
  return {
    ...plain,
    read: (heard, asked, current) =>
      (asked && !heard.question && !heard.yesNo && goesAhead(heard.text)) || plain.read(heard, asked, current),
  };
}

const goesOn =
  /^(?:那|就|好的?|行|嗯|可以|也|还是|请|麻烦|你们?|直接|现在|[，,\s])*(?:(?:给|帮|替)(?:我|俺|咱们?)?(?:直接|现在)?(?:办|核|核查|查|登记|弄|申请|开|开通|装|换|改|处理|报)(?:上|理|查|实|对)?(?:一下|下)?(?:了|吧|啊|呗|好了)*|(?:办|登记|申请|开通|核查|核一下|查一下|查吧)(?:了|吧|一下|呗)*)$/;

/** A go-ahead in the words of daily life, in a clause of its own: «给我核一下», «那给我办了吧», «加100度那个 给我办». */
export const goesAhead = (text: string): boolean =>
  pausesIn(text).some((clause) => goesOn.test(clause)) || goesOn.test(text.trim());

type Inquiring = Turn<{ go: Slot<boolean>; about: Slot<About>; kind: Slot<string> }, string>;

/** Asks how it is done, and does not say that it is wanted. */
export const isMere = ({ question, slots, text }: Pick<Inquiring, 'question' | 'slots' | 'text'>): boolean =>
  question || slots.about !== undefined || inquires.test(text);

interface Guides {
  /** Kinds with a guide of their own, `guide.<kind>`. */
  guides: readonly string[];
  /** Whether the kind is asked for, so that the guide waits for it. */
  asksKind: boolean;
}

/**
 * The guide, once for each kind; what is asked in between; and, where somebody merely asks, an offer to apply instead of the form. Whoever
 * tells a place or a phone with the question wants to apply.
 */
export function inform(turn: Inquiring, guides: Guides): Next<'go'> {
  const { slots, memo, filled } = turn;
  const first = memo.guide === undefined;
  if (first) memo.mere = slots.go === undefined && isMere(turn);
  if (slots.go || filled.includes('place') || filled.includes('phone')) memo.mere = false;
  const asked = slots.about;
  slots.about = undefined;
  tell(turn, guides, first && !memo.mere ? undefined : asked);
  // Who has applied already hears the answer, and nothing more is wanted.
  if (memo.mere && memo.under) return 'done';
  return memo.mere ? { ask: 'go' } : undefined;
}

function tell({ slots, memo, say }: Inquiring, { guides, asksKind }: Guides, asked: About | undefined): void {
  const { kind } = slots;
  const key = kind && guides.includes(kind) ? `guide.${kind}` : 'guide';
  const waits = asksKind && kind === undefined && !memo.mere;
  if (asked && asked !== 'papers') say(asked);
  const told = memo.guide === key || waits || (asked !== undefined && asked !== 'papers');
  if (!told || asked === 'papers') say(key);
  memo.guide = told && asked !== 'papers' ? (memo.guide ?? '') : key;
}
