import { readYesNo } from '#nlu';

/** A yes or no with more behind or before it: «对，我姓周», «我姓周，对的». */
export interface Half {
  yesNo: 'yes' | 'no';
  /** What the message says besides, as it was written. */
  rest: string;
  /** The yes or no comes first; what comes before one is its reason, or a value. */
  leads: boolean;
}

/** Clauses with the marks that end them. */
const clauses = /[^，。；！？,;!?\n]*[，。；！？,;!?\n]*/g;
/** A yes that runs on without a mark: «对的我姓周». */
const runsOn = /^(对的|是的|好的|没错|嗯嗯|确认)(?=我|他|她|姓|电话|手机|请|麻烦|快|再|你们?)/;
/** «对了，还有件事» agrees to nothing. */
const byTheWay = /^(对了|好了)/;

export const clausesOf = (text: string): string[] => (text.match(clauses) ?? []).filter((clause) => clause.trim());

/** The yes or no that begins or ends a longer message; undefined where it is none, or nothing else. */
export function readHalf(text: string): Half | undefined {
  const parts = clausesOf(text.replace(runsOn, '$1，')).flatMap((part) => part.split(/(?<=^[对是好嗯行]的?)\s+/));
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return undefined;
  const half = (part: string, rest: string[], leads: boolean): Half | undefined => {
    const yesNo = /[?？]/.test(part) ? undefined : readYesNo(part);
    return yesNo && { yesNo, rest: rest.join('').trim(), leads };
  };
  const ahead = byTheWay.test(first) ? undefined : half(first, parts.slice(1), true);
  return ahead ?? half(last, parts.slice(0, -1), false);
}
