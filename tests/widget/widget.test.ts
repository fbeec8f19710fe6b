import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { builtPages } from '../setup/index.ts';

// What it does is tested against the product (server.test.ts) and against the failures no product can be asked for (failures.test.ts).
test('script and styles together are at most 15 KB on the wire', async () => {
  expect(gzipSync(await readFile(join(builtPages, 'widget.js'))).length).toBeLessThanOrEqual(15 * 1024);
});
