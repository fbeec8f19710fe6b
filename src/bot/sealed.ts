/** A phone or account number, however it is spaced, masked or spoken. */
const digits = /[\d０-９][\d０-９\s*＊-]{5,}[\d０-９]|[零〇一二三四五六七八九幺两]{7,}/;
/** Where somebody says who they are or how to reach them. */
const selfNamed = /我(姓|叫|是)|本人|(我|俺|本人)的?(名字|电话|手机|微信|户号|家)|联系(我|电话|方式|人)|微信号|身份证/;

/**
 * The words of somebody whose name must not be known to those who work on it, without the clauses that would tell it. Rather a clause
 * too many is left out than one too few.
 */
export function withoutReporter(text: string, name?: string): string {
  const tells = (clause: string) =>
    digits.test(clause) || selfNamed.test(clause) || (name !== undefined && clause.includes(name));
  // Marks stand with the clause that they end; digits are looked for across blanks.
  const clauses = text.match(/[^，。；！？,;!?\n|]+[，。；！？,;!?\n|\s]*/g) ?? [];
  return clauses
    .filter((clause) => !tells(clause))
    .join('')
    .replace(/[，,；;|\s]+$/, '');
}
