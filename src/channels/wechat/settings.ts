/** The Official Account, as its page on mp.weixin.qq.com shows it. */
export interface WechatSettings {
  appId: string;
  secret: string;
  token: string;
  /** The 43 characters; absent in plain mode. */
  aesKey?: string;
  /** Still taken while WeChat changes to the new one. */
  previousAesKey?: string;
  /** `https://api.weixin.qq.com`, or a simulator. */
  apiBase: string;
}
