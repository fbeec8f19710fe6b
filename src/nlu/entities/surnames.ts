const CHEQUE = /[伍陆陸]/;
const LONE = /(?<![零〇一二三四五六七八九十百千万幺])[五六](?![零〇一二三四五六七八九十百千万])/g;

const restored = (text: string, folded: string, digits: RegExp) =>
  folded.replace(digits, (digit, at: number) => (!CHEQUE.test(text[at]!) ? digit : digit === '五' ? '伍' : '陆'));

/** Folding takes 陆 and 伍 for the numbers of a cheque; where names are read they are surnames. */
export const withSurnames = (text: string, folded: string) => restored(text, folded, /[五六]/g);

/** Where numbers are read they are surnames only alone: «老陆0512-63331234», but «伍陆柒捌». */
export const withLoneSurnames = (text: string, folded: string) => restored(text, folded, LONE);
