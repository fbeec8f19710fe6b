/** What became of one way: sent, closed (another may do), or nobody is there any more. */
export type Passed =
  | { is: 'sent'; messageId?: string }
  | { is: 'closed'; reason: string }
  | { is: 'blocked'; reason: string };

/** A follower of the Official Account. */
export interface Follower {
  openid: string;
  conversationId: string;
}

export interface TemplateMessage {
  template: string;
  data: Readonly<Record<string, string>>;
  url?: string;
  /** The same for every try of this very message. */
  key: string;
}

/** The Official Account, as far as notices use it: what channels/wechat gives. */
export interface WechatWays {
  isOpen(to: Follower): Promise<boolean>;
  service(to: Follower, text: string): Promise<Passed>;
  template(to: Follower, message: TemplateMessage): Promise<Passed>;
  subscribe(to: Follower, message: TemplateMessage): Promise<Passed>;
}

/** Puts words of ours into a conversation, where they are seen at once or on the next visit; the same key twice is once. */
export type Tell = (said: { conversationId: string; text: string; key: string }) => Promise<unknown>;
