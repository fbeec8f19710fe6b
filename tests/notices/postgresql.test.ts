import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshDatabase } from '../setup/index.ts';
import { priceNotice } from './broadcast.ts';
import { type House, openHouse } from './host.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await openHouse({ databaseUrl: database.url });
}, 60_000);
afterAll(async () => {
  await house?.close();
  await database?.drop();
});

const home = '3301000000017';
const template = { send: 'template', id: 'template-price', fields: { thing1: 'title', thing2: 'effect' } } as const;

test('the same on PostgreSQL: an announcement by every way, its proof, and an outage', async () => {
  await house.reset({ wechat: { price: template } });
  for (let n = 0; n < 5; n += 1) await house.follower(`oHome0000${n}`, [home]);
  house.simulator.followers.of('oHome00001').blocks = true;
  await house.simulator.say('oHome00002', '你好');
  const id = await house.visitor('dl_home', [home]);
  await house.wish('dl_home', id, 'outage', home);
  const { notice } = await house.send(priceNotice);
  expect(notice).toMatchObject({ status: 'done', receivers: 6, by: { delivered: 3, blocked: 1, sent: 2 } });
  expect(notice.ways).toEqual({ template: 3, service: 1, widget: 1 });
  expect((await house.author.call<string>('GET', `/api/notices/${notice.id}/proof`)).trim().split('\r\n')).toHaveLength(
    7,
  );
  const outage = { id: 'OUT-1', kind: 'fault', where: '文三路199号', startsAt: '2026-11-24T09:30:00+08:00' } as const;
  for (const stage of ['running', 'restored', 'restored'] as const) {
    house.outages = [{ ...outage, stage }];
    await house.notices.lookAtOutages();
    await house.settle();
    house.advance(60_000);
  }
  const said = (await house.bot.history(id, 1))?.activities.map(({ text }) => text?.slice(0, 7));
  expect(said).toEqual(['【电价调整】居', '【已恢复供电】']);
});
