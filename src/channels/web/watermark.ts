/**
 * A watermark is the seq of the last activity seen, as text: the stock client ignores `0` and the empty string. One that we
 * can't read starts from the beginning, because a refusal would stop the client's polling for good.
 */
export function readWatermark(text: string | null | undefined): number {
  if (!text || !/^\d{1,15}$/.test(text)) return 0;
  return Number(text);
}
