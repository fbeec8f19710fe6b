import { beside } from './choose.ts';
import { firstOfTwo, numbersIn, type Quantity, telling, tidy } from './numbers.ts';
import { parseNumber } from './numerals.ts';

const KWH = /^ ?(?:多|来)?(?:个)?(?:度|千瓦时|kwh|kw\.?h|kw·h|千瓦小时|个字|字)/;
const WARM =
  /温|气温|发烧|体温|空调|零下|室温|角|斜|歪|倾|烧到|热得|高烧|西斜|冬天只有|屋里|设(?:成|定|在)|调(?:到|成)|外面|天气|天(?:都|热)|预报|最高|最低|仰|水温|热死/;
const WARM_AFTER = /^ ?(?:多|来)?度(?:角|的(?:天|高温|水|热)|高温|倾|斜|歪|近视|烧|左右的天|大热天|以上高温|天)/;

/** Kilowatt-hours; degrees of heat and of slope, and the «度» that a price is for, are none. */
export function readEnergy(text: string): number | undefined {
  const found = numbersIn(text)
    .map((one) => wholeOf(text, one))
    .filter((one) => isEnergy(text, one));
  return tidy(telling(found, text)?.value);
}

/** «三百千瓦时» is read as three hundred thousand of something until the unit is seen. */
function wholeOf(text: string, one: Quantity): Quantity {
  if (text[one.end - 1] !== '千' || !/^瓦(?:时|小时)/.test(text.slice(one.end, one.end + 3))) return one;
  const value = parseNumber(firstOfTwo(text.slice(one.start, one.end - 1)));
  return value === undefined ? one : { ...one, end: one.end - 1, value };
}

function isEnergy(text: string, one: Quantity): boolean {
  const { before, after } = beside(text, one, 12);
  const unit = KWH.exec(after);
  if (!unit) return false;
  if (/字$/.test(unit[0])) return /走|用|表|读|底|转/.test(before);
  if (!/度/.test(unit[0])) return true;
  if (one.value === 1 && !/(?:用了?|走了?|只|才|充了?|不到)$/.test(before)) return false;
  if (/[块元毛角分蚊]$/.test(before) && /一$/.test(text.slice(one.start, one.end))) return false;
  if (one.value >= 16 && one.value <= 30 && /空调/.test(text.slice(Math.max(0, one.start - 20), one.end + 8)))
    return false;
  if (WARM_AFTER.test(after) || WARM.test(before.slice(-8)) || /^ ?(?:多)?度(?:假|过|数|量)/.test(after)) return false;
  return (
    !isPriceUnit(before, after, one) && !(one.value < 60 && /^ ?度.{0,4}(?:空调|取暖|暖气|发烧|冷|热)/.test(after))
  );
}

const isPriceUnit = (before: string, after: string, one: Quantity) =>
  one.value === 1 &&
  (/(?:块|毛|分|角|元|钱|[\d.]|多少|几)$/.test(before.trimEnd()) ||
    /^ ?度(?:电)?(?:到底)?(?:是|要|算|得|收|卖|多|涨|现在|才|贵|便宜)?(?:多少|几|[\d零一二两三四五六七八九]+(?:块|毛|元|角)|[\d.]+|什么价|啥价|钱|好多)/.test(
      after,
    ) ||
    /每|分之/.test(before.slice(-2)));
