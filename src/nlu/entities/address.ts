import { type Kind, SHAPES } from './address.grammar.ts';
import { type Chain, chains } from './address.scan.ts';
import { choose, isDenied } from './choose.ts';
import type { Gazetteer, Span } from './types.ts';

const LED =
  /(?:地址|住址|位置|家住|住在|家在|坐落|位于|我在|我住|地点|人在|房子在|店在|厂在|老家在?|住)(?:是|在|:|：|为|于|\s|,|，|的)*$/;
const AWAY = /(?:打工|上班|上学|读书|出差|我人在|人在|我在|本人在|现在在|目前在)[^，。]{0,3}$/;

/** Where it is, in the customer's own words: the chain of names and numbers that says most. */
export function readAddress(text: string, folded: string, gazetteer?: Gazetteer): string | undefined {
  const found = chains(folded, gazetteer);
  if (found.length === 0) return undefined;
  const standing = found.filter((one) => !isDenied(one, folded));
  const best =
    corrected(standing, folded) ??
    withArea(weightiest(standing.length > 0 ? standing : found, folded), standing, folded);
  return text.slice(best.start, best.end);
}

const BELOW_THE_ROAD = new Set<Kind>(['number', 'group', 'building', 'unit', 'floor', 'room']);
const HARDLY_APART = /^[，,。、 ]{0,2}(?:的|我们家|我们|我家|我|俺家|俺|家|是|住|在|就|那个|里面|里|具体){0,4}$/;

/**
 * «翠苑四区，我家5栋3单元202» is one place in two stretches: whole where hardly anything parts them. Else the area is what finds the
 * crew's grid, and `readAddressParts` has the rest.
 */
function withArea(best: Chain, standing: readonly Chain[], text: string): Span {
  const at = standing.indexOf(best);
  const [area, door] = BELOW_THE_ROAD.has(best.first) ? [standing[at - 1], best] : [best, standing[at + 1]];
  if (!area || !door || !continues(area, door, text)) return best;
  if (HARDLY_APART.test(text.slice(area.end, door.start))) return { start: area.start, end: door.end };
  return area;
}

const continues = (area: Chain, door: Chain, text: string) =>
  !BELOW_THE_ROAD.has(area.first) &&
  BELOW_THE_ROAD.has(door.first) &&
  area.level < SHAPES[door.first].level &&
  !AWAY.test(text.slice(Math.max(0, area.start - 8), area.start));

function corrected(standing: readonly Chain[], text: string): Chain | undefined {
  const [first] = standing;
  if (!first || standing.length < 2) return undefined;
  const last = standing.at(-1)!;
  const between = text.slice(first.end, last.start);
  return /不对|错了|改成|改为|换成|更正|说错|打错|写错|应该是/.test(between) ? choose(standing, text) : undefined;
}

function weightiest(found: readonly Chain[], text: string): Chain {
  const weigh = (one: Chain) => {
    const before = text.slice(Math.max(0, one.start - 8), one.start);
    return one.weight + (LED.test(before) ? 2 : 0) - (AWAY.test(before) && found.length > 1 ? 2.5 : 0);
  };
  return found.reduce((best, one) => (weigh(one) > weigh(best) ? one : best));
}
