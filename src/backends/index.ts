export { demoBackend } from './demo/index.ts';
export type { Account, Backend, OrderForUtility, Outage, Outages, Place, Service } from './port.ts';
