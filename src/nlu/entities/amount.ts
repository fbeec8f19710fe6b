import { beside, isDenied } from './choose.ts';
import { isOrigin, numbersIn, type Quantity, TARGET_BEFORE, telling, tidy } from './numbers.ts';
import { parseNumber } from './numerals.ts';

const YUAN = /^ ?(?:多|来)?(?:块钱|块|元钱|元|圆|rmb|人民币|大洋|蚊)/;
const DIME = /^ ?(?:毛|角)/;
const SMALL = '[\\d零一二两三四五六七八九]';
const AFTER_YUAN = new RegExp(
  `^ ?(?:块|元)(?:零)?(${SMALL})(?:(?:毛|角)(${SMALL})?分?|(?=一[度读])|(?![\\d零一二三四五六七八九十百千个月号天度年次台户家人小分点楼栋面]))`,
);
const AFTER_YUAN_TWO = /^ ?块(\d{2}|[一二三四五六七八九][一二三四五六七八九])(?![\d度读]|个字)/;
const AFTER_DIME = new RegExp(
  `^ ?(?:毛|角)(?:(${SMALL})(?![度个块天月户千台])(?:分)?(?:(${SMALL})(?![度个块天月户千台])(?:厘)?)?)?`,
);
const CENT = /^ ?分钱/;
const PAYING =
  /(?:交|缴|充|付|扣|转|存|收|各|每次|欠|费用|欠费|电费|余额|账单|花|罚|退|补|差|合计|总共|总计|一共|共计|共|加起来|加一起|加在一[起块]儿?|合起来|不对|说错了|更正|拢共|统共|通共|总归|金额|汇|剩|值|赔|多收|[¥￥$]|上个?月|这个?月|上月|这月|本月|月份?|预存|涨到|应该是|不是|是|钱)(?:了|我|的|过|进|掉|去|到|出|给|他|她|你们|俺|咱|还有|只剩|剩|还剩|是|就|才|要|花|用|又|刚|直接|一下子|冷不丁|快|将近|差不多|得有|突然|竟然|居然|怎么|:|：|,|，|\s){0,4}$/;
/** «从两百变成七百» is a sum where money is spoken of. */
const BECAME = /(?:变成|变为|变到|成了|涨成|翻到)(?:了)?$/;
const OF_MONEY = /[^免]费|钱|[\d十百千]块|元|账单|欠|扣|[交缴付花]了|赔|损失|维修单/;
/** «五百三的电费»: the sum goes before; in figures alone it would be a room as often. */
const A_BILL = /^ ?多?(?:块钱?)?的?(?:电费|电钱|费用|账单)/;
const SCALED = /[百千万]/;
/** What is summed up is no money, unless money is named behind it. */
const MEASURED =
  /(?:功率|容量(?!费)|负荷|瓦|电量|度数|读数|示数|电压|电流|[总分小]表|用电(?=一?共|总共|合计|加))[^费钱]*$/;
const SUMMED = /(?:加起来|加一起|拢共|统共|通共|总归)[^，。]{0,4}$/;
const NO_MONEY_AFTER =
  /^ ?(?:多|来|几)?(?:个|度|千|kw|kv|k|v|w|a|安|瓦|号|月|日|天|年|小时|分|点|时|次|回|遍|台|户|家|人|口|楼|栋|幢|单元|室|字|倍|%|平|米|公里|斤|亩|只|条|张|笔|那个|这个|岁|位|档|期|级|匹|组|根|层|间|座|块表|块电表|伏|项|刻|周|星期|礼拜|:|\/|-|\.|x|\*|～|~|到现在|开头|成|秒|种|样|头|辆|桌|套|件|把|份|棵|里|趟)/;

/** Yuan that the message is about; a price of one kilowatt-hour counts too. */
export function readAmount(text: string): number | undefined {
  const numbers = numbersIn(text);
  const priced = numbers.flatMap((one) => withValue(one, moneyAt(text, one)));
  const whole = priced.filter((one) => !isIdle(text, one));
  if (whole.length > 0) return tidy(mixed(whole, numbers, text)?.value);
  return tidy(
    telling(
      numbers.filter((one) => isBare(text, one)),
      text,
    )?.value,
  );
}

/** «上月70块这月270»: the one that counts may lack the unit. */
function mixed(whole: readonly Quantity[], numbers: readonly Quantity[], text: string): Quantity | undefined {
  const bare = numbers.filter(
    (one) => !whole.some((other) => other.start <= one.start && one.end <= other.end) && isBare(text, one),
  );
  const all = [...whole, ...bare].sort((one, other) => one.start - other.start);
  const target = all.find(
    (one, index) => index > 0 && !isDenied(one, text) && TARGET_BEFORE.test(beside(text, one, 8).before),
  );
  return target ?? telling(whole.every((one) => isOrigin(one, text)) ? all : whole, text);
}

const withValue = (one: Quantity, told: { value: number; end: number } | undefined) =>
  told ? [{ ...one, ...told }] : [];

function moneyAt(text: string, one: Quantity): { value: number; end: number } | undefined {
  const after = text.slice(one.end, one.end + 10);
  const dime = AFTER_DIME.exec(after);
  if (DIME.test(after) && dime) return { value: dimes(one.value, dime), end: one.end + dime[0].length };
  if (CENT.test(after)) return { value: one.value / 100, end: one.end + 2 };
  if (YUAN.test(after)) return yuanAt(after, one);
  const before = text.slice(Math.max(0, one.start - 3), one.start);
  return /[¥￥] ?$|rmb ?$/.test(before) ? { value: one.value, end: one.end } : undefined;
}

function yuanAt(after: string, one: Quantity): { value: number; end: number } | undefined {
  if (isPiece(after, one)) return undefined;
  if (
    /^ ?块(?:表|电表|屏|板|地|田|砖|儿地|牌|肉|电池|光伏|玻璃|组件|屏幕)/.test(after) ||
    /^ ?元(?:旦|月|村|镇|乡|桥|宫|里(?!面)|坊|庄|巷|街|路|社区|坝|区|山|湾|塘)/.test(after)
  )
    return undefined;
  const two = AFTER_YUAN_TWO.exec(after);
  if (two)
    return { value: one.value + small(two[1]!) / (two[1]!.length === 2 ? 100 : 10), end: one.end + two[0].length };
  const tail = AFTER_YUAN.exec(after);
  if (!tail) return { value: one.value, end: one.end + YUAN.exec(after)![0].length };
  const cents = tail[2] ? small(tail[2]) / 100 : 0;
  return { value: one.value + small(tail[1]!) / 10 + cents, end: one.end + tail[0].length };
}

const small = (word: string) => parseNumber(word) ?? 0;
const dimes = (value: number, [, cent, mill]: RegExpExecArray) =>
  value / 10 + (cent ? small(cent) / 100 : 0) + (mill && cent ? small(mill) / 1000 : 0);

/** «一毛钱都没有», «一分钱不少», «两块钱的事»: a manner of speaking. */
const isIdle = (text: string, one: Quantity) => {
  const { before, after } = beside(text, one, 6);
  if (one.value <= 0 || /几$/.test(before) || (/^几/.test(after) && one.value < 100)) return true;
  if (one.value <= 0.05 && !/每|度|涨|降|调|多|少/.test(before + text.slice(one.start, one.end + 4))) return true;
  return one.value <= 1 && /^(?:钱)?(?:都|也|没|不(?!对|够)|的事)/.test(after);
};

/** «住一块», «一块用», «两块表»: together, or pieces. */
const isPiece = (after: string, one: Quantity) =>
  one.value < 10 &&
  /^ ?块/.test(after) &&
  !/^ ?块(?:钱|多|[\d零一二两三四五六七八九半，,。！!？?；;了就吧呀啊、 )]|$|以上|左右|电费|的?(?:电费|余额))/.test(
    after,
  );

function isBare(text: string, one: Quantity): boolean {
  const { before, after } = beside(text, one, 10);
  if (
    one.value < 10 ||
    one.value >= 1e8 ||
    /^0\d/.test(text.slice(one.start, one.end)) ||
    /^[、几]/.test(after) ||
    /^\d{7,}/.test(text.slice(one.start, one.end))
  )
    return false;
  if (
    !/\d/.test(text.slice(one.start, one.end)) &&
    (one.value < 20 || (/^多/.test(after) === false && one.end - one.start < 2))
  )
    return false;
  if (NO_MONEY_AFTER.test(after) || (/[\d.:：\-/]$/.test(before) && !/[:：] ?$/.test(before))) return false;
  if (/(?:号|尾号|编号|户号|电话|第|单|档|工号|表)[是:： ]?$/.test(before)) return false;
  if (/(?:我|俺|咱|这里|这边|本人)(?:们)?(?:家)?(?:就)?是 ?$/.test(before)) return false;
  if (/几$|工号|电压|380|尾号|户号|号码|电话|分机|手机|\d ?转 ?$/.test(before)) return false;
  if (/\d[ \-，,]$/.test(before) || /^[ \-，]\d{3,}/.test(after)) return false;
  return isPaid(text, one, before, after);
}

function isPaid(text: string, one: Quantity, before: string, after: string): boolean {
  if (MEASURED.test(before.split(/[，,。]/).at(-1)!) || (SUMMED.test(before) && !OF_MONEY.test(text))) return false;
  if (A_BILL.test(after) && SCALED.test(text.slice(one.start, one.end))) return true;
  return PAYING.test(before) || (BECAME.test(before) && OF_MONEY.test(text));
}
