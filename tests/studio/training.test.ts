import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openCluster } from '#cluster';
import { openStorage, type Storage } from '#storage';
import type { StudioChanges, StudioState, StudioVersion, Tried } from '#wire';
import { freshDatabase, freshFolder } from '../setup/index.ts';
import {
  canteen,
  type SmallHost,
  type StudioPartsChange,
  smallHost,
  smallShipped,
  smallStudio,
  taught,
} from './small.ts';

let folder: Awaited<ReturnType<typeof freshFolder>>;
let host: SmallHost;

const get = async <T>(path: string) => (await host.ask<T>('GET', path)).body;
const state = () => get<StudioState>('');
const versions = async () => (await get<{ items: StudioVersion[] }>('/versions')).items;
const intentOf = (text: string) => host.studio.current.model.recognise(text).intent;

describe('from an edit to customers and back', () => {
  beforeAll(async () => {
    folder = await freshFolder();
    host = await smallHost({ dataDir: folder.path });
  });
  afterAll(async () => {
    await host.close();
    await folder.remove();
  });

  test('nothing changed: nothing to train', async () => {
    expect(await host.ask('POST', '/training', {})).toMatchObject({
      status: 409,
      body: { error: { code: 'NothingToTrain' } },
    });
  });

  test('training runs in a thread, never twice at once, and is examined', async () => {
    await host.ask('POST', '/intents', canteen);
    const begun = await host.ask<StudioState>('POST', '/training', {});
    expect(begun).toMatchObject({ status: 202, body: { latest: { number: 1, status: 'training', by: 'admin' } } });
    const again = await host.ask('POST', '/training', {});
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'TrainingAlready' } } });
    await host.studio.idle();
    const { latest } = await state();
    expect(latest).toMatchObject({ number: 1, status: 'trained', kept: true, current: false, seq: 1 });
    const report = latest?.report;
    expect(report?.tests).toBeGreaterThanOrEqual(5);
    expect(report?.intents.find(({ intent }) => intent === canteen.id)).toMatchObject({ before: 0 });
    expect(report?.intents.map(({ intent }) => intent).sort()).toEqual([
      'bill.query',
      canteen.id,
      'fault.report',
      'hall.query',
      'none',
    ]);
  });

  test('a message can be tried on both, with its evidence', async () => {
    const { body } = await host.ask<Tried>('POST', '/try', { text: '食堂几点开饭，我电话13800000017' });
    expect(body.published).toMatchObject({ version: 0 });
    expect(body.published.best.map(({ intent }) => intent)).not.toContain(canteen.id);
    expect(body.draft).toMatchObject({ version: 1, best: [{ intent: canteen.id, name: '食堂时间' }, {}, {}, {}, {}] });
    expect(body.draft?.nearest[0]).toMatchObject({ intent: canteen.id, text: '食堂几点开饭' });
    expect(body.draft?.features.length).toBeGreaterThan(0);
    expect(body.entities).toMatchObject({ phone: '13800000017' });
  });

  test('published: name, answer and model are there at once', async () => {
    expect(intentOf('食堂几点开饭')).not.toBe(canteen.id);
    const answer = await host.ask<StudioState>('POST', '/versions/1/publish', { current: 0, note: '新食堂' });
    expect(answer.body).toMatchObject({
      current: { number: 1, published: { by: 'admin', note: '新食堂' } },
      draft: { unpublished: 0, untrained: 0 },
    });
    expect(intentOf('食堂几点开饭')).toBe(canteen.id);
    expect(host.studio.current.texts.say(canteen.id, 'answer')).toBe(canteen.answer);
    expect(host.studio.current.intents.get(canteen.id)?.name).toBe('食堂时间');
    expect(host.studio.current.texts.say('bill.query', 'answer')).toBe('电费请看账单。');
  });

  test('two admins publish at once: one is told that it was changed meanwhile', async () => {
    await host.ask('POST', '/intents/hall.query/utterances', { texts: ['哪个窗口能办过户手续'] });
    await host.ask('POST', '/training', {});
    await host.studio.idle();
    const answers = await Promise.all([
      host.ask('POST', '/versions/2/publish', { current: 1 }),
      host.ask('POST', '/versions/0/publish', { current: 1 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('rolled back: the earlier one serves, and a turn that began before still finds its words', async () => {
    const { current } = await state();
    if (current.number !== 0) await host.ask('POST', '/versions/0/publish', { current: current.number });
    expect(intentOf('食堂几点开饭')).not.toBe(canteen.id);
    expect(host.studio.current.texts.say(canteen.id, 'answer')).toBe(canteen.answer);
    expect(host.studio.current.texts.say('long.gone', 'answer')).toBe('没听明白');
    expect(await host.ask('POST', '/versions/0/publish', { current: 0 })).toMatchObject({
      body: { error: { code: 'PublishedAlready' } },
    });
    expect((await host.ask('POST', '/versions/99/publish', { current: 0 })).status).toBe(404);
    expect((await state()).draft.unpublished).toBe(2);
    await host.ask('POST', '/versions/1/publish', { current: 0 });
    expect(intentOf('食堂几点开饭')).toBe(canteen.id);
  });

  test('every change is in the history, with author and time', async () => {
    const { items } = await get<StudioChanges>('/changes');
    expect(items.at(-1)).toMatchObject({ seq: 1, kind: 'intent.made', by: 'admin' });
    expect(items[0]).toMatchObject({ kind: 'published', data: { version: 1, before: 0 } });
    expect(items.every(({ at }) => Math.abs(Date.now() - Date.parse(at)) < 600_000)).toBe(true);
    expect((await get<StudioChanges>('/changes?intent=hall.query')).items).toHaveLength(1);
  });

  test('it is all there after a restart', async () => {
    await host.close();
    host = await smallHost({ dataDir: folder.path });
    expect(intentOf('食堂几点开饭')).toBe(canteen.id);
    expect(host.studio.current).toMatchObject({ version: 1, seq: 1 });
    expect((await versions()).map(({ number }) => number)).toEqual([2, 1, 0]);
  });
});

describe('with replicas', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  const open: { close(): Promise<void> }[] = [];

  async function replica(change: StudioPartsChange = {}) {
    const storage: Storage = await openStorage({ databaseUrl: database.url });
    const small = await smallStudio(storage, change);
    const close = async () => {
      await small.close();
      await storage.close();
    };
    open.push({ close });
    return { ...small, storage };
  }

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });
  afterAll(async () => {
    await database.drop();
  });

  test('a publication on one is used by all, told or not; a newer engine learns it anew', async () => {
    const cluster = await openCluster({});
    const told = await replica({ cluster });
    const untold = await replica({ sweepSeconds: 0.05 });
    const admin = await smallHost({ databaseUrl: database.url }, { cluster });
    open.push(admin);
    await admin.ask('POST', '/intents', canteen);
    await admin.ask('POST', '/training', {});
    await admin.studio.idle();
    expect((await admin.ask('POST', '/versions/1/publish', { current: 0 })).status).toBe(200);
    await admin.ask('POST', '/intents/canteen.hours/utterances', { texts: ['这一句还没有发布呢'] });
    for (const { studio } of [told, untold]) {
      while (studio.current.version !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(studio.current.model.recognise('食堂几点开饭').intent).toBe(canteen.id);
    }

    const newer = await replica({ engine: 'two' });
    expect(newer.studio.current.version).toBe(1);
    expect(newer.studio.current.model.recognise('食堂几点开饭').intent).not.toBe(canteen.id);
    expect(newer.studio.current.texts.say(canteen.id, 'answer')).toBe(canteen.answer);
    await newer.studio.idle();
    expect(newer.studio.current).toMatchObject({ version: 2, seq: 1 });
    expect(newer.studio.current.model.recognise('食堂几点开饭').intent).toBe(canteen.id);
    expect(newer.studio.current.model.knowledge.written).not.toContain('这一句还没有发布呢');
  }, 60_000);
});

describe('in trouble', () => {
  async function troubled(change: StudioPartsChange) {
    const place = await freshFolder();
    host = await smallHost({ dataDir: place.path }, change);
    await host.ask('POST', '/intents', canteen);
    return async () => {
      await host.close();
      await place.remove();
    };
  }

  test('a failed training says why, and another may follow', async () => {
    const done = Promise.reject(new Error('out of memory'));
    const close = await troubled({ learn: () => ({ done, stop() {} }) });
    await host.ask('POST', '/training', {});
    await host.studio.idle();
    expect((await state()).latest).toMatchObject({ status: 'failed', failure: 'out of memory', kept: false });
    expect((await host.ask('POST', '/versions/1/publish', { current: 0 })).status).toBe(409);
    expect((await host.ask('POST', '/training', {})).status).toBe(202);
    await close();
  });

  test('a server that stops while it learns leaves a failed training, not a running one', async () => {
    const learning = Promise.withResolvers<never>();
    const place = await freshFolder();
    host = await smallHost(
      { dataDir: place.path },
      { learn: () => ({ done: learning.promise, stop: () => learning.reject(new Error('stopped')) }) },
    );
    await host.ask('POST', '/intents', canteen);
    await host.ask('POST', '/training', {});
    await host.close();
    host = await smallHost({ dataDir: place.path });
    expect((await state()).latest).toMatchObject({ status: 'failed', failure: 'stopped' });
    await host.close();
    await place.remove();
  });

  test('a new release that ships something else: what no longer applies is shown as such, the rest goes on', async () => {
    const place = await freshFolder();
    host = await smallHost({ dataDir: place.path });
    await host.ask('POST', '/intents', canteen);
    await host.ask('PUT', '/intents/bill.query/utterances', { from: '帮我看看账单', to: '把账单发我看看' });
    await host.ask('POST', '/intents/bill.query/utterances', { texts: ['电费单在哪看'] });
    await host.close();
    const next = [
      ...taught().map((intent) =>
        intent.id === 'bill.query'
          ? { ...intent, utterances: intent.utterances.filter(({ text }) => text !== '帮我看看账单') }
          : intent,
      ),
      { id: canteen.id, name: '食堂', utterances: [{ text: '食堂几点开饭', voice: 'a' }] },
    ];
    host = await smallHost({ dataDir: place.path }, { shipped: { ...smallShipped(), lines: { taught: next } } });
    const { items } = await get<StudioChanges>('/changes');
    expect(items.map(({ kind, stale }) => [kind, stale])).toEqual([
      ['utterances.added', false],
      ['utterance.edited', true],
      ['intent.made', true],
    ]);
    const detail = await get<{ intent: { name: string; shipped: boolean; utterances: number } }>(
      '/intents/canteen.hours',
    );
    expect(detail.intent).toMatchObject({ name: '食堂', shipped: true, utterances: 6 });
    await host.close();
    await place.remove();
  });
});
