export * from './dead-letter.ts';
export * from './notice.ts';
export * from './session.ts';
export * from './staff.ts';
export * from './studio.ts';
export * from './summary.ts';
export * from './work-order.ts';
