import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildCustomerSide } from './browser.ts';
import { openStubSite } from './site.ts';
import { widgetSuite } from './suite.ts';

let built: Awaited<ReturnType<typeof buildCustomerSide>>;
const building = buildCustomerSide();

beforeAll(async () => {
  built = await building;
});
afterAll(() => built.remove());

test('script and styles together are at most 15 KB on the wire', async () => {
  expect(gzipSync(await readFile(join(built.folder, 'widget.js'))).length).toBeLessThanOrEqual(15 * 1024);
});

widgetSuite('widget, with a Direct Line server in memory', async () => openStubSite((await building).folder));
