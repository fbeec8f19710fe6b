import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildCustomerSide } from './browser.ts';

let built: Awaited<ReturnType<typeof buildCustomerSide>>;

beforeAll(async () => {
  built = await buildCustomerSide();
});
afterAll(() => built.remove());

// What it does is tested against the product (server.test.ts) and against the failures no product can be asked for (failures.test.ts).
test('script and styles together are at most 15 KB on the wire', async () => {
  expect(gzipSync(await readFile(join(built.folder, 'widget.js'))).length).toBeLessThanOrEqual(15 * 1024);
});
