export { type WebChannel, type WebParts, webChannel } from './web/index.ts';
