import type { FaultKind } from './types.ts';

/** What customers who write English call it; in the order of the Chinese kinds. Over folded text. */
const ENGLISH: readonly [FaultKind, RegExp][] = [
  [
    'equipment_fire',
    /(?:meter|box|transformer|wir(?:e|ing)|socket|outlet|breaker|pole)[^,.!]{0,20}(?:fire|burn|smok|spark)/,
  ],
  [
    'line_down',
    /(?:wire|cable|power line|pole)s?[^,.!]{0,20}(?:fell|fallen|down|on the (?:ground|road|street)|hanging|broke|leaning)/,
  ],
  ['tripping', /\btrip(?:s|ped|ping|ing)?\b|breaker[^,.!]{0,8}(?:keeps|went|goes|won'?t|off)/],
  ['flicker', /flick?er/],
  ['high_voltage', /high voltage(?! line)|voltage[^,.!]{0,12}high/],
  ['low_voltage', /low voltage|voltage[^,.!]{0,12}low|lights?[^,.!]{0,6}dim/],
  ['meter_fault', /meter[^,.!]{0,20}(?:blank|dead|broken|not working|stopped)/],
];
const DARK =
  /no (?:power|electricity|e?letricity|lights)|without (?:power|electricity)|(?:power|electricity|lights)[^,.!?]{0,12}(?:\bout\b|\boff\b|gone|cut|went|dead)|black ?out|power failure/;
const AREA =
  /(?:whole|entire) (?:building|street|block|compound|village|area|neighbou?rhood|estate)|neighbou?rs? (?:too|also)/;

/** What is broken, told in English. */
export function readEnglishFault(folded: string): FaultKind | undefined {
  if (!/[a-z]{3}/.test(folded) || /(?:plan|schedul)/.test(folded)) return undefined;
  const kind = ENGLISH.find(([, pattern]) => pattern.test(folded))?.[0];
  if (kind || !DARK.test(folded)) return kind;
  return AREA.test(folded) ? 'no_power_area' : 'no_power_home';
}
