import type { Entities } from '#nlu';
import { maskDigits, showDay, showMonths } from './show.ts';
import type { Asking, Heard, Slot } from './slot.ts';

interface Options {
  asking?: Asking;
}

/** A billing period or several, «上个月», «一到三月»: never asked, since there is always a sensible one. */
export function month({ asking = 'never' }: Options = {}): Slot<NonNullable<Entities['month']>> {
  return { asking, read: ({ months }) => months, show: showMonths };
}

/** A day or several of them, «昨天», «上周». */
export function days({ asking = 'never' }: Options = {}): Slot<NonNullable<Entities['month']>> {
  return { asking, read: (heard) => heard.days };
}

const paidBare = /(?:交|缴|充|付|扣|转)(?:了|过)?\s?(\d{1,7}(?:\.\d{1,2})?)(?![\d.号度天月日次笔个年回点])/;

/** Yuan. A bare number is one where it was asked for, and after «交了». */
export function amount({ asking = 'never' }: Options = {}): Slot<number> {
  return {
    asking,
    read: ({ entities, text }, asked) => {
      const bare = asked ? /^\D{0,6}(\d{1,7}(?:\.\d{1,2})?)\D{0,3}$/.exec(text.trim())?.[1] : undefined;
      const told = entities.amount ?? bare ?? paidBare.exec(text)?.[1];
      return told === undefined ? undefined : Number(told);
    },
    show: (yuan, word) => `${yuan} ${word('unit.yuan')}`,
  };
}

/** kWh. */
export function energy({ asking = 'never' }: Options = {}): Slot<number> {
  return { asking, read: ({ entities }) => entities.energy };
}

/** A day, or when it was in the customer's words where that is asked: «上个月底». */
export function when({ asking = 'refusable' }: Options = {}): Slot<string> {
  return {
    asking,
    read: (heard, asked) => (heard.days ? showDay(heard.days.from) : words().read(heard, asked)),
    show: (said) => said,
  };
}

/** The number of a payment: named as one, or all that was said where it is asked for. */
export function serial({ asking = 'never' }: Options = {}): Slot<string> {
  const named = /(?:流水号?|单号|订单号?|交易号|凭证号?)[^\da-z]{0,4}([\da-z]{8,40})/i;
  return {
    asking,
    read: ({ text }, asked) => named.exec(text)?.[1] ?? (asked ? /[\da-z]{8,40}/i.exec(text)?.[0] : undefined),
    show: (said) => said,
  };
}

/** Taxpayer number of a firm (统一社会信用代码 too), and an address for e-mail. */
export function taxId({ asking = 'required' }: Options = {}): Slot<string> {
  const shape = /(?<![\da-z])(?=[\da-z]*\d)[\da-z]{15,20}(?![\da-z])/i;
  return { asking, read: ({ text }) => shape.exec(text)?.[0].toUpperCase(), show: (said) => said };
}
export function email({ asking = 'refusable' }: Options = {}): Slot<string> {
  return { asking, read: ({ text }) => /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0], show: (said) => said };
}

/** The name of a firm: after «抬头», by its ending, or all that was said where it is asked for. */
export function firm({ asking = 'required' }: Options = {}): Slot<string> {
  const named = /(?:抬头|单位|公司名?称?|名称)(?:是|为|写|开|改成|改为|：|:)+\s*(?!我|个人|户名)([^，,。；;\s]{4,40})/;
  const ended =
    /[\u4e00-\u9fff（）()\w]{2,30}?(?:有限公司|股份公司|公司|厂|事务所|合作社|学校|幼儿园|医院|经营部|工作室)/;
  return {
    asking,
    read: (heard, asked) => {
      const told = named.exec(heard.text)?.[1] ?? (asked ? ended.exec(heard.text)?.[0] : undefined);
      return told ?? (/\d{8,}/.test(heard.text) ? undefined : words({ atLeast: 4 }).read(heard, asked));
    },
    show: (said) => said,
  };
}

/** «315kVA，想减到200»: the target, in the unit that was named. */
const target =
  /(?:[减增加降升扩改调提]|容)(?:到|至|成)\s*(\d{1,5}(?:\.\d+)?)(?![\d.]|\s*(?:k|千|兆|m|元|块|度|月|日|号|年|点))/i;

/** kW or kVA. A bare number is taken for kW where it was asked for. */
export function capacity({ asking = 'refusable' }: Options = {}): Slot<NonNullable<Entities['capacity']>> {
  return {
    asking,
    read: ({ entities, text }, asked) => {
      const bare = asked ? /^\D{0,3}(\d{1,5}(?:\.\d+)?)\D{0,4}$/.exec(text.trim())?.[1] : undefined;
      const aimed = target.exec(text)?.[1] ?? (entities.capacity ? undefined : bare);
      return aimed ? { value: Number(aimed), unit: entities.capacity?.unit ?? 'kW' } : entities.capacity;
    },
    show: ({ value, unit }) => `${value} ${unit}`,
  };
}

/** People who live there. A bare number is one where it was asked for. */
export function household({ asking = 'required' }: Options = {}): Slot<number> {
  return {
    asking,
    read: ({ entities, text }, asked) => {
      const bare = asked ? /^\D{0,4}(\d{1,2})\D{0,4}$/.exec(text.trim())?.[1] : undefined;
      return entities.household ?? (bare ? Number(bare) : undefined);
    },
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
    buttons: [...offered.map((value) => `choice.${value}`), ...also],
    read: (heard) =>
      values.find((value) => value === heard.chosen) ??
      (heard.signs.includes('either') ? undefined : values.find((value) => heard.signs.includes(value))),
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
    show: (said) => said,
    patch: (said, { wrong, right, part }) =>
      !part && wrong && said.includes(wrong) ? said.replace(wrong, right) : undefined,
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
    read: ({ text, question, yesNo }, asked) => {
      const said = text.trim();
      return asked && !question && !yesNo && said.length >= atLeast ? said.slice(0, 500) : undefined;
    },
    show: (said) => said,
  };
}
