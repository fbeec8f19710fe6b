import type { Entities } from '#nlu';
import { correctedNumber, mendedNumber, mendedWords } from './mended.ts';
import { isBeside, isShift } from './shift.ts';
import { maskDigits, showDay, showMonths } from './show.ts';
import type { Asking, Heard, Slot } from './slot.ts';

interface Options {
  asking?: Asking;
}

/** A billing period or several, «上个月», «一到三月»: never asked, since there is always a sensible one. */
export function month({ asking = 'never' }: Options = {}): Slot<NonNullable<Entities['month']>> {
  const read = ({ months, text }: Heard, _asked: boolean, current?: Entities['month']) =>
    current && (isShift.test(text) || isBeside.test(text)) ? undefined : months;
  return { asking, soft: true, read, show: showMonths };
}

/** A day or several of them, «昨天», «上周». */
export function days({ asking = 'never' }: Options = {}): Slot<NonNullable<Entities['month']>> {
  return { asking, soft: true, read: (heard) => heard.days };
}

const paidBare =
  /(?:交|缴|充|付|扣|转|花|值|价格?|价钱|买的?时候|要赔)(?:了|过|是|的时候)?\s?(\d{1,7}(?:\.\d{1,2})?)(?![\d.号度天月日次笔个年回点])/;

/** Yuan. A bare number is one where it was asked for, and after «交了». */
export function amount({ asking = 'never' }: Options = {}): Slot<number> {
  return {
    asking,
    measure: true,
    read: ({ entities, text }, asked) => {
      const bare = asked ? /^\D{0,6}(\d{1,7}(?:\.\d{1,2})?)\D{0,3}$/.exec(text.trim())?.[1] : undefined;
      const told = entities.amount ?? bare ?? paidBare.exec(text)?.[1];
      return told === undefined ? undefined : Number(told);
    },
    patch: (yuan, correction) => correctedNumber(correction, '元|块钱?', yuan),
    show: (yuan, word) => `${yuan} ${word('unit.yuan')}`,
  };
}

/** kWh. */
export function energy({ asking = 'never' }: Options = {}): Slot<number> {
  return { asking, read: ({ entities }) => entities.energy };
}

/** Words that tell of a time; without one an answer to «when?» is about something else. */
const timely =
  /[天日号月周年昨前今刚早晚午夜初底旬]|星期|礼拜|左右|那会|当时|\b(?:\w+day|today|yesterday|ago|last|week|month|year|morning|evening|night)\b/i;

/** A day, or when it was in the customer's words where that is asked: «上个月底». */
export function when({ asking = 'refusable' }: Options = {}): Slot<string> {
  return {
    asking,
    soft: true,
    read: (heard, asked) => {
      if (heard.days) return showDay(heard.days.from);
      return timely.test(heard.text) && !/\d{8}/.test(heard.text) ? words().read(heard, asked) : undefined;
    },
    show: (said) => said,
  };
}

/** The number of a payment: named as one, or all that was said where it is asked for. */
export function serial({ asking = 'never' }: Options = {}): Slot<string> {
  const named = /(?:流水号?|单号|订单号?|交易号|凭证号?)[^\da-z]{0,4}([\da-z]{8,40})/i;
  return {
    asking,
    read: ({ text }, asked) => named.exec(text)?.[1] ?? (asked ? /[\da-z]{8,40}/i.exec(text)?.[0] : undefined),
    patch: mendedWords,
    show: (said) => said,
  };
}

/** «把400那台报停», «停的是630那台不是400那台»: transformers are called by their kVA. */
function machine(text: string): Entities['capacity'] {
  const said = /(?<!不是|不停|别停)(?<!\d)(\d{2,5})(?:kva|千伏安)?的?[那这]台/i.exec(text)?.[1];
  return said === undefined ? undefined : { value: Number(said), unit: 'kVA' };
}

const dayWords =
  '(?:\\d{4}年)?\\d{1,2}月(?:\\d{1,2}[日号]?|底|初|中旬)|(?:今天|明天|后天|大后天|月底|年底|下个?月(?:\\d{1,2}[日号]|初|底)?)';
const stretch = new RegExp(`(${dayWords})[^，。；\\d]{0,4}?(?:到|至|-|—|–|~)(?:明年|来年)?(${dayWords})`);

const begins = new RegExp(`(?:从|自)?(${dayWords})[日号]?(?:开始|起|以后|停起)`);
const lasts = /(?:半|\d{1,2}|[一两二三四五六])个?(?:半)?(?:月|周|星期)|半年|\d{1,3}天/;

/** From one day to another, or from when and how long, in the customer's words: «12月10号到3月10号». */
export function span({ asking = 'hinted' }: Options = {}): Slot<string> {
  return {
    asking,
    read: ({ text }) => {
      const [, from, to] = stretch.exec(text) ?? [];
      if (from && to) return `${from}到${to}`;
      const [, first] = begins.exec(text) ?? [];
      return first && [`${first}起`, lasts.exec(text)?.[0]].filter(Boolean).join(' ');
    },
    show: (said) => said,
  };
}

const visitDay =
  '今天|今晚|明天|明早|明晚|后天|大后天|(?:这个?|本|下个?)?(?:周|星期|礼拜)[一二三四五六日天末]|\\d{1,2}月\\d{1,2}[日号]|\\d{1,2}[日号]';
const visitHour =
  '(?:早上|早晨|上午|中午|下午|傍晚|晚上)?(?:\\d{1,2}|十[一二]?|[一二两三四五六七八九])(?:点(?!几)|:\\d{2})(?:半|一刻|三刻|\\d{1,2}分?|钟)?(?:左右|前后|以前|之前|以后|之后)?|早上|上午|中午|下午|傍晚|晚上';
const visit = new RegExp(`(${visitDay})?(?:的)?\\s*(${visitHour})|(${visitDay})`, 'g');
const precise = /[点:]/;

/** When somebody may come or call, in the customer's words; what a correction leaves out stays: «明天上午十点», «下午三点吧». */
export function appointment({ asking = 'hinted' }: Options = {}): Slot<string> {
  return {
    asking,
    read: ({ text, question }, _asked, current = '') => {
      if (question || /昨天|前天|刚才|已经/.test(text)) return undefined;
      const told = [...text.matchAll(visit)].map(([, day, hour, only]) => ({ day: day ?? only, hour }));
      const { day, hour } = told.findLast((each) => each.hour && precise.test(each.hour)) ?? told.at(-1) ?? {};
      if (!day && !hour) return undefined;
      const before = new RegExp(`^(${visitDay})?(.*)$`).exec(current);
      return [day ?? before?.[1], hour ?? before?.[2]].filter(Boolean).join('');
    },
    patch: mendedWords,
    show: (said) => said,
  };
}

const powerUnits = '千瓦|千伏安|kw|kva';
const unitOf = (said: string) => new RegExp(powerUnits, 'i').test(said);
/** «把400减到250»: to where it shall go, without a unit. */
const target =
  /[减降增加升扩提调改变][容小大高低]?[到至成为]\s*(\d{1,5}(?:\.\d+)?)(?![\d号幢栋单室楼月日点元块度个口人位%]|\s*(?:千|k))/;

/** kW or kVA. A bare number is taken for kW where it was asked for. */
export function capacity({ asking = 'refusable' }: Options = {}): Slot<NonNullable<Entities['capacity']>> {
  return {
    asking,
    measure: true,
    read: (heard, asked, current) => {
      const { entities, text } = heard;
      const bare = asked ? /^\D{0,3}(\d{1,5}(?:\.\d+)?)\D{0,4}$/.exec(text.trim())?.[1] : undefined;
      const aimed = target.exec(text)?.[1];
      if (aimed) return { value: Number(aimed), unit: entities.capacity?.unit ?? current?.unit ?? 'kW' };
      const mended = current && !entities.capacity ? mendedNumber(heard, powerUnits) : undefined;
      const value = mended ?? (bare ? Number(bare) : undefined);
      return entities.capacity ?? machine(text) ?? (value ? { value, unit: current?.unit ?? 'kW' } : undefined);
    },
    patch: (power, correction) => {
      const which = correction.part ? undefined : machine(correction.right);
      const value = correctedNumber(correction, powerUnits, power.value);
      return which ?? (value === undefined || unitOf(correction.right) ? undefined : { ...power, value });
    },
    show: ({ value, unit }) => `${value} ${unit}`,
  };
}

const numerals = '零一二三四五六七八九十';

/** «六口», «6口», where no «人» follows; the last that is said, but what is denied. */
function mouths(text: string): number | undefined {
  const said = [...text.matchAll(/(?<!不是|不|没有)(\d{1,2}|[两一二三四五六七八九十])口(?!井|锅|径|岸|罩)/g)].at(
    -1,
  )?.[1];
  if (said === undefined) return undefined;
  return said === '两' ? 2 : /\d/.test(said) ? Number(said) : numerals.indexOf(said);
}

const peopleUnits = '口人?|个?人(?!民|员|工)';

/** People who live there. A bare number is one where it was asked for. */
export function household({ asking = 'required' }: Options = {}): Slot<number> {
  return {
    asking,
    measure: true,
    read: (heard, asked, current) => {
      const { entities, text } = heard;
      const bare = asked ? /^\D{0,4}(\d{1,2})\D{0,4}$/.exec(text.trim())?.[1] : undefined;
      const mended = current === undefined && !asked ? undefined : mendedNumber(heard, peopleUnits);
      return entities.household ?? mended ?? mouths(text) ?? (bare ? Number(bare) : undefined);
    },
    patch: (people, correction) =>
      correctedNumber(correction, peopleUnits, people) ?? (correction.part ? undefined : mouths(correction.right)),
    show: (people, word) => `${people} ${word('unit.people')}`,
  };
}

/** Volunteered, an account number is taken wherever it stands; whether it is the customer's own is another matter. */
export function accountNumber({ asking = 'required' }: Options = {}): Slot<string> {
  return {
    asking,
    read: ({ entities, text }, asked) =>
      entities.accountNumber ??
      (asked && entities.phone === undefined ? /^\D{0,6}(\d{10,16})\D{0,4}$/.exec(text.trim())?.[1] : undefined),
    show: (number) => maskDigits(number),
  };
}

/** The account that this is about, proved to be the customer's own: see `Slot.proof`. */
export function account({ asking = 'required' }: Options = {}): Slot<string> {
  return {
    asking,
    proof: true,
    read: ({ entities, bound, text }) => {
      const named = entities.accountNumber ?? /(?:尾号|末尾|后四位|尾数)\D{0,3}(\d{3,6})/.exec(text)?.[1];
      return named === undefined ? undefined : bound.find((number) => number.endsWith(named));
    },
    show: (number) => maskDigits(number),
  };
}

/** The one-time code, only where it was asked for, or where it is all there is. */
export function code(): Slot<string> {
  return {
    asking: 'on_demand',
    read: ({ text }, asked) => {
      const bare = text.replaceAll(' ', '');
      return asked || /^\d{6}$/.test(bare) ? /(?<!\d)\d{6}(?!\d)/.exec(bare)?.[0] : undefined;
    },
  };
}

interface ChoiceOptions extends Options {
  /** Shown as buttons; all of the values unless told. */
  offered?: readonly string[];
  /** Further buttons under the question, by text key. */
  also?: readonly string[];
}

/** «物业不给盖章咋办» tells how it is, and asks what comes of it. */
const tellsIt = /(?:怎么|咋|点)办|[咋怎]么?[整弄搞]|点算|如何是好/;
/** «物业要同意吗» does not say that they agree; what the first message asks of is what it is about. */
const asksAboutIt = ({ question, opening }: Heard): boolean => question && !opening;

/**
 * One of a few values, as buttons `choice.<value>`; signs of the same names (intents file) say it in other words, asked or not; the
 * sign `either` names several at once and so none: «增容减容怎么办».
 */
export function choice<const Value extends string>(
  values: readonly Value[],
  { asking = 'refusable', offered = values, also = [] }: ChoiceOptions = {},
): Slot<Value> {
  return {
    asking,
    soft: true,
    buttons: [...offered.map((value) => `choice.${value}`), ...also],
    read: (heard, asked) =>
      values.find((value) => value === heard.chosen) ??
      (heard.answered ||
      heard.signs.includes('either') ||
      (asksAboutIt(heard) && !tellsIt.test(heard.text) && !asked && asking !== 'never')
        ? undefined
        : values.find((value) => heard.signs.includes(value))),
    show: (value, word) => word(`choice.${value}`),
  };
}

/** Words that only press, agree or decline add nothing to a story. */
const noNews =
  /确认|提交|没问题|就这样|尽快|赶紧|快点|可以了|不想|不方便|不愿|不用|不留|不给|没有?(电话|手机|照片|图片|拍照|发票|凭证)|算了|隐私|匿名/;

/** No story at all, whatever it was asked for. */
const nothing = /^(没什么|没有什么|没啥|没有|不知道|不清楚|随便|算了|不想说)/;

/**
 * What happened, in the customer's own words. The message that began the dialog counts if it says more than the bare wish; what is
 * told later is added. A question counts only where it is too long to be one to us.
 */
export function told({ asking = 'required', atLeast = 6 }: Options & { atLeast?: number } = {}): Slot<string> {
  return {
    asking,
    read: (heard, asked, current) => {
      if (weightOf(heard.rest) < leastOf(heard, asked, atLeast)) return undefined;
      const said = heard.said.trim();
      return (current ? `${current}；${said}` : said).slice(0, 1000);
    },
    loose: true,
    soft: true,
    show: (said) => said,
    patch: mendedWords,
  };
}

/** An English letter tells less than a Chinese one. */
const weightOf = (rest: string) => (/[\u4e00-\u9fff]/.test(rest) ? rest.length : rest.length / 8);

/** How many letters beside the wish make a story: few where it was asked for, more where it is only added. */
function leastOf(heard: Heard, asked: boolean, first: number) {
  const { text, entities, question, yesNo, opening, tapped } = heard;
  if (yesNo || tapped || nothing.test(text)) return Number.POSITIVE_INFINITY;
  if (opening) return question ? Math.max(first, 10) : first;
  if (asked) return question ? 15 : entities.phone || entities.address ? 5 : 2;
  if (question || noNews.test(text)) return Number.POSITIVE_INFINITY;
  return entities.phone ? 12 : 4;
}

/** Free words, where they are asked for; a question to us is none. */
export function words({ asking = 'refusable', atLeast = 2 }: Options & { atLeast?: number } = {}): Slot<string> {
  return {
    asking,
    soft: true,
    read: ({ text, question, yesNo }, asked) => {
      const said = text.trim();
      return asked && !question && !yesNo && said.length >= atLeast ? said.slice(0, 500) : undefined;
    },
    show: (said) => said,
  };
}
