export { type NoticeParts, type Notices, openNotices } from './notices.ts';
export { type NoticeSettings, readNoticeSettings } from './settings.ts';
export type { Tell, WechatWays } from './ways.ts';
export { subscribe, unsubscribe, type Wish } from './wishes.ts';
