import { beside } from './choose.ts';
import { firstOfTwo, numbersIn, type Quantity, telling, tidy } from './numbers.ts';
import { parseNumber } from './numerals.ts';
import type { Capacity } from './types.ts';

const POWER =
  /^ ?(?:多|来)?(?:个)?(万千瓦|千瓦|kilowatt|kwp|kw|kva|千伏安|兆瓦|mw|兆伏安|mva|k(?![a-z瓦m]))(?! ?时| ?小时|h|\.h|·h)/;
const TRANSFORMER_AFTER = /^ ?(?:的)?(?:变压器|专变|箱变|公变|配变|台变|变(?!成|到|为|了|电|了))/;
const TRANSFORMER_BEFORE = /(?:变压器|专变|箱变)(?:是|容量|从|,|，|由|的)?$/;

/** The capacity wanted or spoken of, in kW or kVA; after «从30增到50» it is 50, with or without the unit. */
export function readCapacity(text: string): Capacity | undefined {
  const numbers = numbersIn(text);
  const found = numbers.flatMap((one) => capacityAt(text, one));
  if (found.length === 0) return undefined;
  const bare = numbers.filter((one) => isBareTarget(text, one, found));
  const all = [...found, ...bare.map((one) => ({ ...one, unit: found[0]!.unit }))].sort(
    (one, other) => one.start - other.start,
  );
  const chosen = telling(all, text);
  return chosen && { value: tidy(chosen.value)!, unit: chosen.unit };
}

interface Power extends Quantity {
  unit: 'kW' | 'kVA';
}

function capacityAt(text: string, one: Quantity): Power[] {
  const after = text.slice(one.end, one.end + 8);
  const unit = POWER.exec(after)?.[1] ?? swallowed(text, one, after);
  if (unit === undefined) return transformerAt(text, one, after);
  const base =
    swallowed(text, one, after) && !POWER.test(after)
      ? parseNumber(firstOfTwo(text.slice(one.start, one.end - 1)))
      : one.value;
  if (base === undefined || (unit === 'k' && !/增容|容量|千瓦|kw|功率|改|扩/.test(text))) return [];
  return [{ ...one, value: base * scaleOf(unit), unit: /伏安|va/.test(unit) ? 'kVA' : 'kW' }];
}

/** «三千瓦» is read as three thousand of something until the unit is seen. */
function swallowed(text: string, one: Quantity, after: string): string | undefined {
  if (!text.slice(one.start, one.end).endsWith('千') || one.end - one.start < 2) return undefined;
  if (/^瓦(?!时|小时|的?(?:灯|电炉|热水))/.test(after)) return '千瓦';
  return /^伏安/.test(after) ? '千伏安' : undefined;
}

const scaleOf = (unit: string) => (unit === '万千瓦' ? 10_000 : /^(?:兆|m)/.test(unit) ? 1000 : 1);

function transformerAt(text: string, one: Quantity, after: string): Power[] {
  const before = text.slice(Math.max(0, one.start - 6), one.start);
  if (one.value < 30 || one.value > 40_000) return [];
  const told =
    TRANSFORMER_AFTER.test(after) ||
    (TRANSFORMER_BEFORE.test(before) && !/^ ?(?:台|个|米|年|块|元|号|天|多|v|伏|分)/.test(after));
  return told ? [{ ...one, unit: 'kVA' }] : [];
}

const NO_POWER_AFTER =
  /^ ?(?:多|来)?(?:个(?!千)|相|度|号|月|日|天|年|小时|分|点|次|台|户|家|人|口|楼|栋|单元|块|元|万|米|平|亩|v|伏|安|a|kv|岁|%|:|条|间|层|工作日|位|字|倍|张|根|匹|车|桌|套|期|年)/;
const GROWS = /增|扩|加|减|降|改|升|变|→|->|换|到|不够|要/;

function isBareTarget(text: string, one: Quantity, found: readonly Power[]): boolean {
  if (found.some((other) => other.start === one.start)) return false;
  const { before, after } = beside(text, one, 8);
  if (NO_POWER_AFTER.test(after) || /[\d.\-/:号]$/.test(before) || one.value < 3) return false;
  return (
    GROWS.test(before) &&
    /(?:到|至|成|为|→|->|要|改|八十?|从|由)(?:了|\s)*$/.test(before) &&
    !/从|由/.test(before.slice(-2))
  );
}
