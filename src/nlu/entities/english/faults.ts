import type { FaultKind } from '../types.ts';

const near = (most: number) => `[^.!;?\\n]{0,${most}}?`;
const GEAR =
  '\\b(?:transformer|meters?|meter box|distribution box|box|poles?|cables?|wires?|power ?lines?|lines?|sockets?|outlets?|breakers?|fuse box|switch(?:es)?|panel)\\b';
const TRIPPED =
  "\\b(?:trip(?:s|p?ed|p?ing)?|won'?t stay (?:up|on)|keeps? (?:going off|jumping|switching off)|jumps?|blew|blown)\\b";
const BURNS = '\\b(?:smok\\w+|spark\\w*|on fire|fire|burn\\w*|flames?|explo\\w+|arcing)\\b';
const DOWN =
  '\\b(?:fallen|fell|falling|down(?! (?:from|to|the|payment))|snapped|broken|broke|hanging|hangs?|dangling|lying|leaning|collaps\\w*)\\b';

const pattern = (...lines: readonly string[]) => new RegExp(lines.join('|'));

/** In the order of faults.lexicon.ts: danger, what is particular, then the mere lack of supply. */
const KINDS: readonly [FaultKind, RegExp][] = [
  ['equipment_fire', pattern(`${GEAR}${near(30)}${BURNS}`, `${BURNS}${near(25)}${GEAR}`)],
  [
    'line_down',
    pattern(
      `\\b(?:wires?|cables?|power ?lines?|(?:electric|utility|power) poles?|poles?)\\b${near(30)}${DOWN}`,
      '\\b(?:fallen|downed|snapped|hanging|dangling|broken)\\s(?:\\w+\\s){0,3}?(?:wires?|cables?|power ?lines?|poles?)\\b',
    ),
  ],
  [
    'phase_loss',
    /\b(?:missing|lost|lose|losing|only|without) (?:a|one|two|1|2) phases?\b|\bphase (?:loss|failure|is missing|is out|is down|is gone)|\bsingle[- ]phasing\b/,
  ],
  [
    'tripping',
    pattern(
      `\\b(?:bre?akers?|fuses?|switch|rcd|circuits?|it|power)\\b${near(25)}${TRIPPED}`,
      `${TRIPPED}${near(20)}\\b(?:breakers?|fuses?|circuits?)\\b`,
    ),
  ],
  [
    'flicker',
    /\bflic?k\w*|\bblinking lights?|\blights?\b[^.!;?\n]{0,20}?\b(?:blink\w*|on and off|dim and bright|flash\w*)\b|\bvoltage\b[^.!;?\n]{0,15}?\b(?:unstable|fluctuat\w*|up and down)/,
  ],
  ['high_voltage', /\bvoltage\b[^.!;?\n]{0,20}?\b(?:too high|high|over 2[4-9]\d)\b|\bover-?voltage\b/],
  [
    'low_voltage',
    /\bvoltage\b[^.!;?\n]{0,20}?\b(?:too low|low|weak|drops?|dropped)\b|\blow voltage(?= |\.|,|!|$)(?! (?:customer|user|supply|connection|increase))|\bunder-?voltage\b|\blights?\b[^.!;?\n]{0,15}?\bdim\b|\bdim lights?\b/,
  ],
  [
    'meter_fault',
    /\bmeter\b[^.!;?\n]{0,30}?\b(?:blank|dark|black|dead|broken|not working|no display|(?:doesn'?t|does not|won'?t) (?:show|work|run|turn|light)|stopped|burnt|faulty|error|cracked)\b/,
  ],
  [
    'noise',
    pattern(
      `\\b(?:transformer|distribution box|substation|poles?|power ?lines?|meters?)\\b${near(25)}\\b(?:hum\\w*|buzz\\w*|nois[ey]\\w*|loud|rattl\\w*)\\b`,
    ),
  ],
];

const DARK =
  /\bno (?:power|ele\w+ity|lights?|current)\b|\b(?:power|electricity|lights?)(?: is| are| has| have| was| just| went| all|'s| been)* (?:out|off|gone|cut|down|dead)\b|\bpower (?:cut|outage|failure)\b|\bblack ?out\b|\bwithout (?:power|electricity|lights?)\b|\blost (?:power|electricity)\b|\b(?:everything|home|house|flat|apartment|room|building|street|it'?s|all) (?:is |are |went |all )*(?:dark|black|pitch[- ]black)\b|\boutage\b/;
const ONLY_OURS =
  /\bonly (?:my|our|us|me|we|i)\b|\bjust (?:my|our|us|me)\b|\bneighbou?rs?\b[^.!;?\n]{0,15}?\b(?:have|has|still|fine|ok|normal|not affected)\b|\b(?:my|our) (?:whole|entire) (?:home|house|flat|apartment|shop|factory|office)\b|\b(?:whole|entire) (?:home|house|flat|apartment|shop|factory|office)\b/;
const AREA =
  /\b(?:whole|entire|all (?:of )?(?:the|our)) (?:building|street|block|neighbou?rhood|village|estate|compound|area|district|community|floor|road)\b|\bneighbou?rs?\b[^.!;?\n]{0,20}?\b(?:too|also|dark|no (?:power|electricity)|as well)\b|\b(?:everyone|everybody|everywhere)\b|\b(?:our|the) (?:building|street|block|neighbou?rhood|village|estate|compound|area)\b(?! \d)(?=[^.!;?\n]{0,20}?\b(?:no |without|dark|out\b|lost|black))/;

/** Asked about, announced, long past, unpaid or to be compensated: no report of now. */
const NOT_REPORTED =
  /\b(?:planned|scheduled|announced|notice|notif\w+|tomorrow|next (?:week|month)|will there be|going to be|compensat\w*|refund|damaged? (?:my|our)|claim|last (?:week|month|year)|unpaid|arrears|(?:didn'?t|did not|forgot to|haven'?t|have not|not) pa(?:y|id)|overdue|paid (?:my|the)|pay(?:ing)? (?:my|the)|apply|application|tariff|price|invoice|restored|back on|came back|is back)\b/;

/** «it's not tripped», «the breaker hasn't tripped». */
const NOT_TRIPPED =
  /\b(?:not|never|isn'?t|hasn'?t|haven'?t|didn'?t|wasn'?t|doesn'?t|no)(?: \w+){0,2} (?:trip\w*|jump\w*|blown|blew)\b/g;

/** What an English message reports to be broken. */
export function readEnglishFault(whole: string): FaultKind | undefined {
  const folded = whole.replace(NOT_TRIPPED, ' ');
  if (!/[a-z]{2,} [a-z]{2,}/.test(folded)) return undefined;
  const kind = KINDS.find(([, told]) => told.test(folded))?.[0];
  if (kind === 'equipment_fire' || kind === 'line_down') return kind;
  if (NOT_REPORTED.test(folded)) return undefined;
  if (kind || !DARK.test(folded)) return kind;
  return !ONLY_OURS.test(folded) && AREA.test(folded) ? 'no_power_area' : 'no_power_home';
}
