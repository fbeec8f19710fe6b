export { type DeskParts, desk } from './desk.ts';
