import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StudioChanges, StudioIntent, StudioIntentDetail, StudioState } from '#wire';
import { freshFolder } from '../setup/index.ts';
import { canteen, type SmallHost, smallHost } from './small.ts';

let host: SmallHost;
let folder: Awaited<ReturnType<typeof freshFolder>>;

beforeAll(async () => {
  folder = await freshFolder();
  host = await smallHost({ dataDir: folder.path });
});
afterAll(async () => {
  await host.close();
  await folder.remove();
});

const get = async <T>(path: string) => (await host.ask<T>('GET', path)).body;
const linesOf = async (id: string) => (await get<StudioIntentDetail>(`/intents/${id}`)).items.map(({ text }) => text);
const log = async () => (await get<StudioChanges>('/changes')).items;

describe('intents', () => {
  test('are listed with what is known of them, and found by their utterances', async () => {
    const { items } = await get<{ items: StudioIntent[] }>('/intents');
    expect(items.map(({ id }) => id)).toEqual(['bill.query', 'fault.report', 'hall.query', 'none']);
    expect(items[1]).toMatchObject({ name: '故障报修', utterances: 7, shipped: true, dialog: true, changed: false });
    const found = (await get<{ items: StudioIntent[] }>('/intents?q=电费')).items;
    expect(found.map(({ id, found: lines }) => [id, lines])).toEqual([['bill.query', 4]]);
  });

  test('a new one is made without code, and is told to be changed', async () => {
    const made = await host.ask<StudioIntentDetail>('POST', '/intents', canteen);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      intent: { id: canteen.id, shipped: false, dialog: false, changed: true, fresh: 6 },
      answer: canteen.answer,
    });
    expect((await log())[0]).toMatchObject({ kind: 'intent.made', by: 'admin', intent: canteen.id, stale: false });
  });

  test.each([
    [{ ...canteen, id: 'canteen.hours' }, 409, 'IntentTaken'],
    [{ ...canteen, id: 'Canteen' }, 400, 'BadRequest'],
    [{ ...canteen, id: '../../etc' }, 400, 'BadRequest'],
    [{ ...canteen, id: 'control.stop' }, 400, 'Reserved'],
    [{ ...canteen, id: 'canteen.menu', name: '电费查询' }, 409, 'NameTaken'],
    [{ ...canteen, id: 'canteen.menu', utterances: ['一', '二', '三', '四'] }, 400, 'BadRequest'],
    [{ ...canteen, id: 'canteen.menu', answer: ' ' }, 400, 'BadRequest'],
    [{ ...canteen, id: 'canteen.menu', name: '菜单' }, 409, 'UtterancesRefused'],
    [null, 400, 'BadRequest'],
  ])('a new intent may not be faulty: %#', async (asked, status, code) => {
    const before = (await log()).length;
    const answer = await host.ask<{ error: { code: string } }>('POST', '/intents', asked);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect((await log()).length).toBe(before);
  });

  test('name and answer change from what their author saw, or not at all', async () => {
    const at = '/intents/hall.query';
    const answer = { from: '营业厅九点开门。', to: '营业厅八点半开门。' };
    const one = await host.ask<StudioIntentDetail>('PUT', at, { name: { from: '网点查询', to: '营业厅' }, answer });
    expect(one.body).toMatchObject({ intent: { name: '营业厅' }, answer: '营业厅八点半开门。' });
    expect(await host.ask('PUT', at, { answer })).toMatchObject({
      status: 409,
      body: { error: { code: 'ChangedMeanwhile' } },
    });
    const dialog = await host.ask('PUT', '/intents/fault.report', { answer: { from: '', to: '修' } });
    expect(dialog).toMatchObject({ status: 409, body: { error: { code: 'AnsweredByDialog' } } });
  });

  test('only what was made here can be removed', async () => {
    expect((await host.ask('DELETE', '/intents/none')).status).toBe(409);
    const other = {
      ...{ id: 'parking.fee', name: '停车费', answer: '免费' },
      utterances: ['停车多少钱', '停车场收费吗', '车停哪儿', '地库怎么进', '能停多久的车'],
    };
    await host.ask('POST', '/intents', other);
    expect((await host.ask('DELETE', '/intents/parking.fee')).status).toBe(200);
    expect((await host.ask('GET', '/intents/parking.fee')).status).toBe(404);
    expect((await host.ask('POST', '/intents', other)).status).toBe(201);
  });
});

describe('utterances', () => {
  test('many are added at once, newest first, and found', async () => {
    const texts = ['  食堂  周末开吗 ', '饭卡丢了去哪补'];
    const { body } = await host.ask<StudioIntentDetail>('POST', '/intents/canteen.hours/utterances', { texts });
    expect(body.items.slice(0, 2).map(({ text }) => text)).toEqual(['食堂 周末开吗', '饭卡丢了去哪补']);
    const found = await get<StudioIntentDetail>('/intents/canteen.hours?q=饭卡&fresh=true');
    expect(found).toMatchObject({ total: 1, items: [{ text: '饭卡丢了去哪补', fresh: true, by: 'admin' }] });
  });

  test('the same or nearly the same elsewhere is refused by name; then none is added', async () => {
    const before = await linesOf('canteen.hours');
    const texts = ['这个月电费，多少？', '我家上个月用了多少的钱电', '食堂几点开饭！', '新的一句话', '新的一句话。'];
    const answer = await host.ask<{ refused: unknown[]; error: { message: string } }>(
      'POST',
      '/intents/canteen.hours/utterances',
      { texts },
    );
    expect(answer.status).toBe(409);
    expect(answer.body.error.message).toContain('bill.query (电费查询)');
    expect(answer.body.refused).toMatchObject([
      { why: 'same', intent: 'bill.query', name: '电费查询', other: '这个月电费多少' },
      { why: 'alike', intent: 'bill.query', other: '我家上个月用了多少钱电' },
      { why: 'same', intent: 'canteen.hours', other: '食堂几点开饭' },
      { why: 'same', intent: 'canteen.hours', other: '新的一句话' },
    ]);
    expect(await linesOf('canteen.hours')).toEqual(before);
  });

  test('short lines that differ in a character are two lines', async () => {
    const answer = await host.ask('POST', '/intents/hall.query/utterances', { texts: ['我要报名'] });
    expect(answer.status).toBe(200);
  });

  test('one is edited from what its author saw; its punctuation may change', async () => {
    const at = '/intents/canteen.hours/utterances';
    const edit = { from: '你们食堂在哪', to: '你们食堂在哪？' };
    expect((await host.ask('PUT', at, edit)).status).toBe(200);
    expect(await host.ask('PUT', at, edit)).toMatchObject({ body: { error: { code: 'ChangedMeanwhile' } } });
    const taken = await host.ask('PUT', at, { from: '食堂几点开饭', to: '我要报修' });
    expect(taken).toMatchObject({ status: 409, body: { refused: [{ intent: 'fault.report' }] } });
  });

  test('removed, but never to fewer than five', async () => {
    const at = '/intents/canteen.hours/utterances/removed';
    expect((await host.ask('POST', at, { texts: ['食堂今天有红烧肉吗'] })).status).toBe(200);
    expect(await host.ask('POST', at, { texts: ['食堂今天有红烧肉吗'] })).toMatchObject({ status: 409 });
    const all = await linesOf('canteen.hours');
    expect(await host.ask('POST', at, { texts: all })).toMatchObject({ body: { error: { code: 'TooFewUtterances' } } });
  });

  test('two admins at once lose nothing', async () => {
    const texts = Array.from({ length: 12 }, (_, i) => `第${'一二三四五六七八九十甲乙'[i]}个窗口卖什么菜呢${i}`);
    const answers = await Promise.all(
      texts.map((text) => host.ask('POST', '/intents/canteen.hours/utterances', { texts: [text] })),
    );
    expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 200));
    expect(await linesOf('canteen.hours')).toEqual(expect.arrayContaining(texts));
    const numbers = (await log()).map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! - i));
  });

  test.each([
    ['POST', '/intents/none/utterances', { texts: [] }],
    ['POST', '/intents/none/utterances', { texts: ['x'.repeat(501)] }],
    ['POST', '/intents/none/utterances', { texts: ['a\u0000b'] }],
    ['POST', '/intents/none/utterances', { texts: [7] }],
    ['PUT', '/intents/none/utterances', { from: '给我讲个笑话', to: '' }],
    ['POST', '/try', { text: '' }],
    ['POST', '/training', { fresh: 'yes' }],
    ['POST', '/versions/0/publish', { current: -1 }],
    ['GET', '/intents/none?page=0', undefined],
    ['GET', '/changes?before=x', undefined],
  ])('%s %s with what does not fit is a clear fault (%#)', async (method, path, body) => {
    expect(await host.ask(method, path, body)).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } });
  });
});

test('the state counts what is new', async () => {
  const state = await get<StudioState>('');
  expect(state.current).toMatchObject({ number: 0, current: true });
  expect(state.draft.unpublished).toBe(state.draft.seq);
  expect(state.draft.stale).toBe(0);
});

test.each(['', '/intents', '/intents/none', '/changes', '/versions'])(
  'GET /api/studio%s is closed to strangers',
  async (path) => {
    expect((await fetch(`${host.url}/api/studio${path}`)).status).toBe(401);
  },
);
