export { type BotFramework, openBotFramework } from './botframework/index.ts';
export { type WebChannel, type WebParts, webChannel } from './web/index.ts';
export { openWechat, type Wechat, type WechatApi, type WechatChannel } from './wechat/index.ts';
export { openWecom } from './wecom/index.ts';
