/** Months and days in English as the Chinese readers know them; order matters, as «last month» holds «month». */
const MONTHS = [
  ...['jan(?:uary)?', 'feb(?:ruary)?', 'mar(?:ch)?', 'apr(?:il)?', 'may', 'june?'],
  ...['july?', 'aug(?:ust)?', 'sept?(?:ember)?', 'oct(?:ober)?', 'nov(?:ember)?', 'dec(?:ember)?'],
];
/** «may» and «march» are verbs too: alone they are no months. */
const PLAIN = MONTHS.filter((pattern) => !/^ma/.test(pattern)).join('|');
const MONTH = `(${MONTHS.join('|')})`;
const COUNTS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, six: 6, twelve: 12 };

const monthOf = (name: string) => MONTHS.findIndex((pattern) => new RegExp(`^(?:${pattern})$`).test(name)) + 1;
const yearly = (name: string, year?: string) => `${year ? `${year}年` : ''}${monthOf(name)}月`;

type Turn = readonly [RegExp, string | ((words: string, ...groups: string[]) => string)];
const PHRASES: readonly Turn[] = [
  [/\bthe (?:month|one) before last\b/g, '上上个月'],
  [/\b(?:the )?same (?:month|period) (?:of )?last year\b/g, '去年同期'],
  [/\b(?:last|previous) month(?:'s)?\b/g, '上个月'],
  [/\b(?:this|current) month(?:'s)?\b/g, '这个月'],
  [
    /\b(?:the )?(?:last|past) (two|three|four|five|six|twelve|\d{1,2}) (month|day)s\b/g,
    (_, count = '', unit) => `最近${COUNTS[count] ?? count}${unit === 'day' ? '天' : '个月'}`,
  ],
  [/\b(?:of )?last year(?:'s)?\b/g, '去年'],
  [/\b(?:of )?this year(?:'s)?\b/g, '今年'],
  [/\bthe day before yesterday\b/g, '前天'],
  [/\byesterday(?:'s)?\b/g, '昨天'],
  [/\btoday(?:'s)?\b/g, '今天'],
  [/\blast week(?:'s)?\b/g, '上周'],
  [/\bthis week(?:'s)?\b/g, '这周'],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH}\\b(?:,? (20\\d\\d))?`, 'g'),
    (_, day, name = '', year) => `${yearly(name, year)}${day}日`,
  ],
  [
    new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (20\\d\\d))?`, 'g'),
    (_, name = '', day, year) => `${yearly(name, year)}${day}日`,
  ],
  [new RegExp(`\\b${MONTH} ?(去年|今年)`, 'g'), (_, name = '', year) => `${year}${monthOf(name)}月`],
  [new RegExp(`\\b${MONTH}(?: of)?,? (20\\d\\d)\\b`, 'g'), (_, name = '', year) => yearly(name, year)],
  [
    new RegExp(`\\b(in|for|of|from|to|and|since|about|my|the) ${MONTH}(?:'s)?\\b`, 'g'),
    (_, before, name = '') => `${before} ${monthOf(name)}月`,
  ],
  [new RegExp(`\\b(${PLAIN})(?:'s)?\\b`, 'g'), (_, name = '') => `${monthOf(name)}月`],
  [/(?<=[月日]) (?:to|till|until|through) (?=\d{1,2}月)/g, '到'],
  [/(?<=[月日]) and (?=\d{1,2}月)/g, '和'],
  [/\b(?:electricity |power |energy )?bills?\b/g, '电费账单'],
  [/\b(?:use[ds]?|usage|consum\w+|kwh)\b/g, '用电'],
  [/\b(?:invoices?|fapiao)\b/g, '发票'],
  [/\b(?:charged?|paid|pay|payments?|cost|owe[ds]?|yuan|rmb)\b/g, '缴费'],
];

/** For readers that look for whole phrases and not for where they stand. Text without English words comes back as it is. */
export function inChinesePhrases(folded: string): string {
  if (!/[a-z]{3}/.test(folded)) return folded;
  return PHRASES.reduce((text, [pattern, turn]) => text.replace(pattern, turn as string), folded);
}

/** How long a message is, an English word counted as one. */
export const lengthOf = (text: string): number => text.replace(/[a-z'’]+ ?/gi, '·').length;
