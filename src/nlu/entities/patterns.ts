/** One of the words, in a regular expression. */
export const any = (...words: readonly string[]) => `(?:${words.join('|')})`;

/** Up to so many letters of the same clause. */
export const near = (most: number) => `[^，。！!；;]{0,${most}}?`;
