import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NoticeSettings } from '#notices';
import type { NoticeDetail, NoticePreview, ReceiverPage } from '#wire';
import type { Refused } from './admins.ts';
import { priceNotice } from './broadcast.ts';
import { type House, openHouse } from './host.ts';

/** 张伟, residential in Zhejiang; a shop; a home in Shanghai; a home that has been there for a few weeks only. */
const [home, shop, elsewhere] = ['3301000000017', '3301000000058', '3101000009012'];
const template = { send: 'template', id: 'template-price', fields: { thing1: 'title', thing2: 'effect' } } as const;
const minute = 60_000;
const hour = 60 * minute;

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house?.close());
const reset = (settings: Partial<NoticeSettings> = { wechat: { price: template } }) => house.reset(settings);

const sentTo = (openid: string) => house.simulator.sent.filter((sent) => sent.openid === openid);
const saidIn = async (conversationId: string) =>
  (await house.bot.history(conversationId, 1))?.activities.map(({ text }) => text) ?? [];
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Refused) => `${error.status} ${error.code}`,
  );
const marketing = {
  ...{
    kind: 'text',
    topic: 'bill',
    title: '峰谷电价活动',
    body: '本月起可以在线变更。',
    legal: false,
    regions: [],
    kinds: [],
  },
};

describe('a change of prices', () => {
  beforeEach(() => reset());

  test('reaches each customer it concerns once, with what it means for their own use', async () => {
    await house.follower('oHome00001', [home]);
    await house.follower('oShop00001', [shop]);
    await house.follower('oElsewhere', [elsewhere]);
    const asker = await house.follower('oAsker0001');
    await house.wish('oAsker0001', asker, 'price');
    await house.visitor('dl_home', [home]);
    const { notice } = await house.send(priceNotice);
    expect(notice).toMatchObject({
      status: 'done',
      receivers: 3,
      by: { delivered: 2, sent: 1 },
      ways: { template: 2, widget: 1 },
    });
    const [text] = await saidIn('web-dl_home');
    expect(text).toMatch(/示范〔2026〕1号，2027-01-01 起执行（按2027年1月1日起抄见电量）/);
    expect(text).toMatch(
      /户号 \*{4}0017：按您近12个月（2025年11月–10月）用电 \d+ 度估算，预计每月约[多少] \d+ 元|每月电费基本不变/,
    );
    expect(sentTo('oHome00001')).toHaveLength(1);
    expect(sentTo('oHome00001')[0]?.body).toMatchObject({
      template_id: 'template-price',
      client_msg_id: expect.stringMatching(/^.{32}$/),
      data: { thing1: { value: '居民阶梯电价调整' }, thing2: { value: expect.stringMatching(/元|不变/) } },
    });
    expect(sentTo('oAsker0001')).toHaveLength(1);
    expect([...sentTo('oShop00001'), ...sentTo('oElsewhere')]).toEqual([]);
    await house.settle();
    expect(house.simulator.sent).toHaveLength(2);
  });

  test('the effect is that of both books over the very bills, in whole yuan a month', async () => {
    await house.visitor('dl_home', [home]);
    const books = [{ old: '浙江-居民阶梯-2027', new: '浙江-居民阶梯-2025' }];
    await house.send(priceNotice);
    await house.send({ ...priceNotice, books });
    const [forth = '', back = ''] = await saidIn('web-dl_home');
    const yuan = (text: string) => Number(/每月约[多少] (\d+) 元/.exec(text)?.[1] ?? 0);
    expect(yuan(back)).toBe(yuan(forth));
    expect(/约多/.test(back)).toBe(/约少/.test(forth));
  });

  test('without books it says what holds, and no figure', async () => {
    await house.visitor('dl_home', [home]);
    await house.send({ ...priceNotice, books: [] });
    const [text] = await saidIn('web-dl_home');
    expect(text).toContain('适用本次调整');
    expect(text).not.toMatch(/预计每月/);
  });

  test('is told in the language of the conversation', async () => {
    await house.visitor('dl_en', [home], 'en');
    await house.visitor('dl_tw', [home], 'zh-TW');
    await house.send(priceNotice);
    expect((await saidIn('web-dl_en'))[0]).toContain('[Price change]');
    expect((await saidIn('web-dl_tw'))[0]).toContain('【電價調整】');
  });

  test('takes two persons, and a count that is done', async () => {
    await house.follower('oHome00001', [home]);
    const { author, approver } = house;
    const made = await author.call<NoticeDetail>('POST', '/api/notices', priceNotice);
    const path = `/api/notices/${made.notice.id}`;
    await house.notices.run();
    const preview = await author.call<NoticePreview>('GET', `${path}/preview`);
    expect(preview.samples).toMatchObject([{ channel: 'wechat', accounts: ['****0017'] }]);
    expect((await house.look(made.notice.id)).notice).toMatchObject({ counted: true, receivers: 1, status: 'draft' });
    await author.call('POST', `${path}/submit`, { version: 1 });
    expect(await refusal(author.call('POST', `${path}/approve`, { version: 2 }))).toBe('403 SecondPersonNeeded');
    expect(await refusal(approver.call('POST', `${path}/approve`, { version: 1 }))).toBe('409 ChangedMeanwhile');
    // Whoever changes it has a hand in it, too.
    await approver.call('POST', `${path}/return`, { version: 2, note: '标题再改一下' });
    await approver.call('PUT', path, { version: 3, content: { ...priceNotice, title: '阶梯电价' } });
    await author.call('POST', `${path}/submit`, { version: 4 });
    await house.notices.run();
    expect(await refusal(approver.call('POST', `${path}/approve`, { version: 5 }))).toBe('403 SecondPersonNeeded');
    await house.settle();
    expect(house.simulator.sent).toEqual([]);
    const { events } = await house.look(made.notice.id);
    expect(events.map(({ actor, kind }) => `${actor} ${kind}`)).toEqual([
      ...['admin made', 'admin submit', 'lihua return', 'lihua edited', 'admin submit'],
    ]);
  });

  test('books of another class are refused', async () => {
    const books = [{ old: '浙江-居民阶梯-2025', new: 'none' }];
    expect(await refusal(house.author.call('POST', '/api/notices', { ...priceNotice, books }))).toBe('400 BooksDiffer');
    const other = { ...priceNotice, regions: ['上海'] };
    expect(await refusal(house.author.call('POST', '/api/notices', other))).toBe('400 BooksDiffer');
  });

  test('the proof names each receiver with way, time and outcome, and who took it out is kept', async () => {
    await house.follower('oHome00001', [home]);
    await house.follower('oBlocks001', [home]);
    house.simulator.followers.of('oBlocks001').blocks = true;
    const { notice } = await house.send(priceNotice);
    expect(notice.by).toEqual({ delivered: 1, blocked: 1 });
    const csv = await house.approver.call<string>('GET', `/api/notices/${notice.id}/proof`);
    const lines = csv.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines[1]).toMatch(/^oBlocks001,3301000000017,wechat,template,blocked,2026-11-24 10:00:00\+08:00,/);
    expect(lines[2]).toMatch(/^oHome00001,3301000000017,wechat,template,delivered,/);
    expect((await house.look(notice.id)).events.at(-1)).toMatchObject({ actor: 'lihua', kind: 'exported' });
    const page = await house.author.call<ReceiverPage>('GET', `/api/notices/${notice.id}/receivers?status=blocked`);
    expect(page.items).toMatchObject([{ customer: 'oBlo****s001', accounts: ['****0017'], status: 'blocked' }]);
  });
});

describe('the way to a follower', () => {
  test('an open window takes it as a message, and keeps one for what the customer asked', async () => {
    await reset();
    await house.follower('oTalks0001', [home]);
    await house.simulator.say('oTalks0001', '你好');
    for (const title of ['一', '二', '三', '四', '五']) await house.send({ ...priceNotice, title });
    expect(sentTo('oTalks0001').map(({ call }) => call)).toEqual(['custom', 'custom', 'custom', 'custom', 'template']);
  });

  test('without a template it waits for the next message', async () => {
    await reset({ wechat: {} });
    await house.follower('oLater0001', [home]);
    const { notice } = await house.send(priceNotice);
    expect(notice).toMatchObject({ status: 'done', by: { held: 1 } });
    house.advance(30 * 24 * hour);
    await house.settle();
    expect(await house.by(notice.id)).toEqual({ held: 1 });
    await house.simulator.say('oLater0001', '在吗');
    await house.settle();
    expect(sentTo('oLater0001')).toMatchObject([{ call: 'custom', text: expect.stringContaining('【电价调整】') }]);
    expect(await house.by(notice.id)).toEqual({ sent: 1 });
  });

  test('a subscribe message goes while the follower agrees, then the next message', async () => {
    await reset({ wechat: { price: { ...template, send: 'subscribe' } } });
    await house.follower('oAgrees001', [home]);
    house.simulator.followers.of('oAgrees001').agreed = 1;
    expect((await house.send(priceNotice)).notice).toMatchObject({ by: { delivered: 1 }, ways: { subscribe: 1 } });
    expect((await house.send({ ...priceNotice, title: '又一次' })).notice.by).toEqual({ held: 1 });
  });

  test('whoever has gone is given up; a template that WeChat does not know holds nobody up', async () => {
    await reset();
    await house.follower('oGone00001', [home]);
    house.simulator.followers.of('oGone00001').subscribed = false;
    expect((await house.send(priceNotice)).notice.by).toEqual({ blocked: 1 });
    await house.follower('oHere00001', [home]);
    house.simulator.api.fail('/cgi-bin/message/template/send', 43004);
    house.simulator.api.fail('/cgi-bin/message/template/send', 40037);
    expect((await house.send({ ...priceNotice, title: '又一次' })).notice.by).toEqual({ blocked: 1, held: 1 });
  });

  test('a busy API is tried again, and one message comes of it', async () => {
    await reset();
    await house.follower('oBusy00001', [home]);
    house.simulator.api.fail('/cgi-bin/message/template/send', -1, 2);
    const { notice } = await house.send(priceNotice);
    expect(notice.by).toEqual({ queued: 1 });
    house.advance(hour);
    await house.settle();
    house.advance(hour);
    await house.settle();
    expect(await house.by(notice.id)).toEqual({ delivered: 1 });
    expect(house.simulator.sent).toHaveLength(1);
  });
});

describe('what a customer wants', () => {
  beforeEach(() => reset());

  test('what is no law reaches only those who asked, less those who want no more', async () => {
    for (const name of ['a', 'b', 'c']) await house.visitor(`dl_${name}`, [home]);
    await house.wish('dl_a', 'web-dl_a', 'bill');
    await house.wish('dl_b', 'web-dl_b', 'bill');
    const row = { customer_id: 'dl_b', topic: 'bill', created_at: 0 };
    await house.storage.commit((tx) => tx.insertInto('notice_opt_out').values(row).execute());
    const { notice } = await house.send(marketing);
    expect(notice.by).toEqual({ sent: 1, skipped: 1 });
    expect((await saidIn('web-dl_a'))[0]).toBe(
      '【峰谷电价活动】\n本月起可以在线变更。\n不想再收到这类消息，回复「取消电费通知」。',
    );
  });

  test('what the law wants told reaches those who want no more, too', async () => {
    await house.visitor('dl_b', [home]);
    for (const topic of ['price', 'bill']) {
      const row = { customer_id: 'dl_b', topic, created_at: 0 };
      await house.storage.commit((tx) => tx.insertInto('notice_opt_out').values(row).execute());
    }
    expect((await house.send(priceNotice)).notice.by).toEqual({ sent: 1 });
    expect((await house.send({ ...marketing, legal: true })).notice.by).toEqual({ sent: 1 });
  });
});

describe('time', () => {
  beforeEach(() => reset());

  test('nothing leaves in quiet hours, not even what was on its way', async () => {
    await house.follower('oHome00001', [home]);
    house.simulator.api.fail('/cgi-bin/message/template/send', -1);
    house.moveTo('2026-11-24T21:59:59+08:00');
    const { notice } = await house.send(priceNotice);
    await house.visitor('dl_late', [home]);
    house.moveTo('2026-11-24T22:10:00+08:00');
    const late = await house.send({ ...priceNotice, title: '夜里' });
    expect(late.notice).toMatchObject({
      status: 'sending',
      quietUntil: '2026-11-25T00:00:00.000Z',
      by: { waiting: 2 },
    });
    house.moveTo('2026-11-25T07:59:00+08:00');
    await house.settle();
    expect(house.simulator.sent).toEqual([]);
    house.moveTo('2026-11-25T08:00:01+08:00');
    await house.settle();
    expect(await house.by(notice.id)).toEqual({ delivered: 1 });
    expect(await house.by(late.notice.id)).toEqual({ delivered: 1, sent: 1 });
  });

  test('a pause stops it, what is on its way too; it goes on where it was, or never', async () => {
    for (let n = 0; n < 3; n += 1) await house.follower(`oHome0000${n}`, [home]);
    const { author, approver } = house;
    const made = await author.call<NoticeDetail>('POST', '/api/notices', priceNotice);
    const path = `/api/notices/${made.notice.id}`;
    await house.notices.run();
    await author.call('POST', `${path}/submit`, { version: 1 });
    await approver.call('POST', `${path}/approve`, { version: 2 });
    await house.notices.run();
    await author.call('POST', `${path}/pause`, { version: 3 });
    await house.settle();
    expect(house.simulator.sent).toEqual([]);
    await author.call('POST', `${path}/resume`, { version: 4 });
    house.advance(minute);
    await house.settle();
    expect(await house.by(made.notice.id)).toEqual({ delivered: 3 });
    const again = await author.call<NoticeDetail>('POST', '/api/notices', { ...priceNotice, title: '又一次' });
    await house.notices.run();
    await author.call('POST', `/api/notices/${again.notice.id}/cancel`, { version: 1 });
    await house.settle();
    expect(house.simulator.sent).toHaveLength(3);
  });
});
