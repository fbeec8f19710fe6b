import type { DangerKind } from '../types.ts';

/** Within one sentence; over folded text, as all patterns of this folder. */
const near = (most: number) => `[^.!;?\\n]{0,${most}}?`;

const WIRE = '\\b(?:wires?|cables?|power ?lines?|lines?)\\b';
const POLE = '\\b(?:poles?|pylon)\\b';
const GEAR =
  '\\b(?:meters?|meter box|sockets?|outlets?|switch(?:es)?|breakers?|fuse box|panel|transformer|distribution box)\\b';
const BODY = '\\b(?:someone|somebody|man|woman|child|kid|boy|girl|worker|person|people|he|she|i|me|my \\w+|dog|cow)\\b';

/** One idea a line, recall first, as in dangers.signs.ts. */
export const SIGNS: Readonly<Record<DangerKind, readonly string[]>> = {
  fallen_wire: [
    `\\b(?:fallen|downed|snapped|broken|hanging|dangling|loose|exposed|bare|low)\\s(?:\\w+\\s){0,3}?${WIRE}`,
    `${WIRE}${near(30)}\\b(?:fallen|fell|falling|down(?! (?:from|to|the|payment))|snapped|broken|broke|hanging|hangs?|dangling|lying|(?:so|too|very|hanging) low|on the (?:ground|road|street|floor|pavement))\\b`,
    `${POLE}${near(30)}\\b(?:fallen|fell|falling|down|broken|broke|leaning|tilt\\w*|collaps\\w*|about to fall)\\b`,
  ],
  shock: [
    '\\btouch(?:ed|ing)\\b[^.!;?\\n]{0,40}?\\bthrown (?:back|off|down)\\b',
    'electrocut\\w*|\\bzapped\\b|\\belectric(?:al)? shocks?\\b',
    `\\b(?:got|get|gets|getting|gave|gives|feel|felt)\\s(?:\\w+\\s){0,2}?shocks?\\b`,
    `${BODY}${near(20)}\\bshocked by (?:the |a )?(?:wire|cable|socket|tap|electric|pole|meter)`,
  ],
  fire: [
    '\\b(?:on fire|(?:caught|catch(?:es|ing)?) fire|in flames|flames?|fire broke out|ablaze)\\b',
    "\\b(?:there's|there is|is|a) (?:a )?fire\\b(?! (?:department|alarm|drill|station|extinguisher))",
    '\\bexplo(?:ded|des|ding|sion)\\b|\\bblew up\\b',
    `${GEAR}${near(20)}\\bburning\\b(?! smell)`,
  ],
  smoke: [
    '\\bsmok(?:e|es|ed|ing|y)\\b(?! (?:detector|alarm|area|break))',
    '\\b(?:burnt|burning|burned)(?: \\w+)? smell|\\bsmell(?:s|ing)?(?: \\w+){0,2} burn\\w*|\\bsmell of burning',
  ],
  sparks: ['\\bspark(?:s|ed|ing)?\\b(?! plug)', '\\barcing\\b', '\\bcrackling\\b'],
  leak: [
    '\\btingl\\w+',
    '\\b(?:current|electric(?:ity|al)?) (?:is )?leak\\w*|\\bleak(?:ing|age|s)?(?: of)? (?:current|electricity)',
    `\\b(?:tap|pipe|wall|fence|door|washing machine|water)\\b${near(12)}\\b(?:is|has become) live\\b`,
  ],
  flood: [
    `\\b(?:flood\\w*|water)\\b${near(40)}${GEAR}`,
    `${GEAR}${near(30)}\\b(?:flooded|under ?water|in (?:the )?water|soaked)\\b`,
    '\\b(?:basement|garage|house|home|flat|apartment)\\b[^.!;?\\n]{0,15}?\\bflooded\\b',
  ],
  trapped: [
    `\\b(?:stuck|trapped|locked)\\b${near(25)}\\b(?:lift|elevator)\\b`,
    `\\b(?:lift|elevator)\\b${near(40)}\\b(?:trapped|people inside|someone inside|stuck with)\\b`,
  ],
  medical: [
    '\\b(?:ventilator|respirator|oxygen (?:machine|concentrator|bottle|tank|supply)|on oxygen|dialysis|life support|breathing machine|intensive care)\\b',
  ],
};

/** Words that only look like danger. */
export const LOOKALIKES: readonly string[] = [
  '\\bshock(?:ed|ing)?\\b[^.!;?\\n]{0,40}?\\b(?:bill|price|amount|charge|invoice|cost)\\b',
  '\\b(?:bill|price|amount|charge|invoice|cost)\\b[^.!;?\\n]{0,30}?\\bshock(?:ed|ing)?\\b',
  '\\b(?:internet|network|phone|telephone|tv|usb|charging|charger|ethernet|broadband|sewing|assembly|production|help|clothes)[ -](?:cables?|lines?|wires?)\\b',
  '\\bleakage (?:protector|breaker|switch)\\b',
  '\\b(?:water (?:heater|meter|bill|pump|dispenser|company|boiler)|hot water)s?\\b',
  '\\b(?:no smoking|quit smoking|smoking (?:room|area)|fire (?:department|alarm|drill|station|extinguisher|sale)|spark plugs?)\\b',
  '\\bbroken down\\b|\\bdown payment\\b|\\bdownload\\w*',
];

/** «no smoke», «not on fire», «isn't sparking»: right before the sign. */
export const DENIED =
  /\b(?:no|not|never|without|isn't|aren't|wasn't|don't see|didn't see|no longer)(?: any| a| an| see| seen)?\s*$/;
