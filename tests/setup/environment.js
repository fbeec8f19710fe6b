import { TestEnvironment } from 'jest-environment-node';

// A worker with nothing left to do ends at once. Node would first take its heap apart, for longer than jest waits: it would then
// kill the worker, and accuse the suites of leaving something open.
process.once('beforeExit', () => process.exit());

export default TestEnvironment;
