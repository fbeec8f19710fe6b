const tokens = { YYYY: 4, MM: 2, DD: 2, HH: 2, mm: 2, ss: 2 } as const;
type Token = keyof typeof tokens;
type Moment = Partial<Record<Token, string>>;

const token = /YYYY|MM|DD|HH|mm|ss/g;
const escaped = (literal: string) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** «YYYYMMDD» as a pattern with a named group for each token. */
function patternOf(format: string): RegExp {
  let pattern = '';
  let at = 0;
  for (const { 0: name, index } of format.matchAll(token)) {
    pattern += `${escaped(format.slice(at, index))}(?<${name}>\\d{${tokens[name as Token]}})`;
    at = index + name.length;
  }
  return new RegExp(`^${pattern}${escaped(format.slice(at))}$`);
}

const patterns = new Map<string, RegExp>();

function parse(text: string, format: string): Moment | undefined {
  const pattern = patterns.get(format) ?? patternOf(format);
  patterns.set(format, pattern);
  return pattern.exec(text)?.groups;
}

/** A utility's «20261123» → «2026-11-23»; what does not fit stays as it is, for the check of the answer to refuse. */
export function readDay(text: string, format: string): string {
  const { YYYY, MM, DD } = parse(text, format) ?? {};
  return YYYY && MM && DD ? `${YYYY}-${MM}-${DD}` : text;
}

export function readMonth(text: string, format: string): string {
  const { YYYY, MM } = parse(text, format) ?? {};
  return YYYY && MM ? `${YYYY}-${MM}` : text;
}

/** Local time of the utility → an instant in UTC. */
export function readTime(text: string, format: string, zone: string): string {
  const { YYYY, MM, DD, HH = '00', mm = '00', ss = '00' } = parse(text, format) ?? {};
  const at = Date.parse(`${YYYY}-${MM}-${DD}T${HH}:${mm}:${ss}${zone}`);
  return Number.isNaN(at) ? text : new Date(at).toISOString();
}

/** Any of ours, «2026-10», «2026-10-01» or an instant, in the utility's form and zone. */
export function writeDate(text: string, format: string, zone: string): string {
  const local = /^\d{4}-\d{2}(-\d{2})?$/.test(text) ? text : inZone(text, zone);
  const [, YYYY = '', MM = '', DD = '01', HH = '00', mm = '00', ss = '00'] =
    /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:T(\d{2}):(\d{2}):(\d{2}))?/.exec(local) ?? [];
  const parts: Record<string, string> = { YYYY, MM, DD, HH, mm, ss };
  return format.replace(token, (name) => parts[name] ?? '');
}

function inZone(instant: string, zone: string): string {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):(\d{2})$/.exec(zone) ?? [];
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(Date.parse(instant) + ahead).toISOString();
}
