import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { StudioState } from '#wire';
import { adminOf, customerOf } from './customer.ts';
import { canteen, password } from './small.ts';
import { type House, makeSmallHouse, runHouse } from './small-house.ts';

let folder: string;
let house: House;
let admin: Awaited<ReturnType<typeof adminOf>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gridtalk-house-'));
  const environment = { GRIDTALK_DATA: join(folder, 'data'), GRIDTALK_ADMIN_PASSWORD: password };
  house = await runHouse(makeSmallHouse(folder), environment);
  admin = await adminOf(house.url, password);
}, 120_000);
afterAll(async () => {
  await house?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Asked again and again, as a page does, until the training is over. */
async function trained(): Promise<StudioState> {
  for (;;) {
    const { body } = await admin.ask<StudioState>('GET', '');
    if (body.latest?.status !== 'training') return body;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test('a new intent is answered in the widget as soon as it is published; turns go on all the while', async () => {
  const customer = await customerOf(house.url);
  await customer.say('食堂几点开饭');
  expect(await customer.heard()).not.toContain(canteen.answer);

  expect((await admin.ask('POST', '/intents', canteen)).status).toBe(201);
  expect((await admin.ask('POST', '/training', {})).status).toBe(202);
  const others = await Promise.all(Array.from({ length: 4 }, () => customerOf(house.url)));
  let said = 0;
  let over = false;
  const talk = others.map(async (other) => {
    while (!over) {
      expect((await other.say('谢谢')).status).toBe(200);
      said += 1;
    }
  });
  const { latest } = await trained();
  expect(latest).toMatchObject({ status: 'trained', number: 1 });
  expect((await admin.ask('POST', '/versions/1/publish', { current: 0 })).status).toBe(200);
  await customer.say('食堂几点开饭');
  expect(await customer.heard()).toContain(canteen.answer);
  over = true;
  await Promise.all(talk);
  const heard = await Promise.all(others.map((other) => other.heard()));
  // Each has its welcome, and an answer to every message.
  expect(heard.flat().length).toBeGreaterThanOrEqual(said + others.length);
  expect(heard.flat().join()).not.toContain('没有处理成功');

  expect((await admin.ask('POST', '/versions/0/publish', { current: 1 })).status).toBe(200);
  await customer.say('食堂几点开饭');
  expect((await customer.heard()).at(-1)).not.toBe(canteen.answer);
}, 180_000);
