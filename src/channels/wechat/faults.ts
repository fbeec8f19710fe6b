/** What an error code of WeChat's API asks of us. */
export type Action =
  /** Busy, or unknown: try again after a while. */
  | 'again'
  /** The access token: fetch it anew and try once more. */
  | 'token'
  /** Account, secret, IP list or permissions are wrong, or the account is restricted: an operator must act; nothing is lost meanwhile. */
  | 'operator'
  /** No such follower, or one who blocks us: nothing more can be sent. */
  | 'gone'
  /** Temporary media live three days. */
  | 'media'
  /** What we sent is wrong: it will not get better. */
  | 'ours'
  | 'tomorrow'
  | 'minute'
  /** The 48 hours since the last message are over. */
  | 'window'
  /** The few messages of the window are used up: the next message of the customer brings new ones. */
  | 'quota'
  /** It was sent before. */
  | 'done'
  /** The customer does not want it. */
  | 'refused';

/** Codes as Tencent documents them (message/custom/send, stable_token, template/send, media). */
export const actions: Readonly<Record<number, Action>> = {
  [-1]: 'again',
  40001: 'token',
  40014: 'token',
  42001: 'token',
  40013: 'operator',
  40125: 'operator',
  40164: 'operator',
  41002: 'operator',
  41004: 'operator',
  48001: 'operator',
  48004: 'operator',
  50001: 'operator',
  50002: 'operator',
  61004: 'operator',
  40003: 'gone',
  43004: 'gone',
  46004: 'gone',
  50005: 'gone',
  40007: 'media',
  40033: 'ours',
  44002: 'ours',
  44004: 'ours',
  45002: 'ours',
  47001: 'ours',
  40037: 'ours',
  47003: 'ours',
  45009: 'tomorrow',
  45011: 'minute',
  45015: 'window',
  45047: 'quota',
  45065: 'done',
  43019: 'refused',
  43101: 'refused',
  48002: 'refused',
};

export const actionOf = (code: number): Action => actions[code] ?? 'again';

/** An answer of WeChat's API that is no success. The text is Tencent's, with its request id; it never holds the token. */
export class WechatFault extends Error {
  readonly code: number;
  readonly action: Action;

  constructor(call: string, code: number, words: string) {
    super(`WeChat's ${call} answered ${code} ${words.slice(0, 200)}`);
    this.name = 'WechatFault';
    this.code = code;
    this.action = actionOf(code);
  }
}
