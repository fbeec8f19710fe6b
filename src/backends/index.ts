export { demoBackend } from './demo/index.ts';
export type * from './port.ts';
