export { demoBackend } from './demo/index.ts';
export { type HttpBackendOptions, httpBackend, type Mapping, readMapping } from './http/index.ts';
export type * from './port.ts';
