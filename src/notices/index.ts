export { type NoticeParts, type Notices, openNotices } from './notices.ts';
export { type NoticeSettings, readNoticeSettings } from './settings.ts';
export type { Follower, Passed, Tell, TemplateMessage, WechatWays } from './ways.ts';
export { subscribe, unsubscribe, type Wish } from './wishes.ts';
