export type { Shipped } from './learn.ts';
export { openStudio, type Studio, type StudioParts } from './studio.ts';
