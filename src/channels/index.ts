import type { Wechat, WechatParts } from './wechat/index.ts';

export { type BotFramework, openBotFramework } from './botframework/index.ts';
export { type WebChannel, type WebParts, webChannel } from './web/index.ts';
export type { Wechat, WechatApi, WechatChannel } from './wechat/index.ts';
export { openWecom } from './wecom/index.ts';

/** Loaded only where there is an account: its parsers cost memory and time at every start. */
export async function openWechat(parts: WechatParts): Promise<Wechat> {
  return (await import('./wechat/index.ts')).openWechat(parts);
}
