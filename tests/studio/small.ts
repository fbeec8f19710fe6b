import { openCluster } from '#cluster';
import { openIdentity } from '#identity';
import type { Intent, Taught } from '#intents';
import { type Model, fit as teach } from '#nlu';
import { openStorage, type Storage } from '#storage';
import { openStudio, type StudioParts } from '#studio';
import type { Texts } from '#texts';
import { startHost } from '../desk/host.ts';

export const password = 'correct horse battery';
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const lines: Record<string, [string, string[]]> = {
  'fault.report': [
    '故障报修',
    [
      '家里突然没电了',
      '整栋楼都停电了',
      '电闸跳了合不上',
      '来人修一下电吧',
      '屋里黑灯瞎火的',
      '我要报修',
      '灯全灭了怎么办',
    ],
  ],
  'bill.query': [
    '电费查询',
    ['这个月电费多少', '查一下电费账单', '我家上个月用了多少钱电', '电费怎么这么贵', '帮我看看账单', '欠了多少电费'],
  ],
  'hall.query': [
    '网点查询',
    ['营业厅在哪里', '营业厅几点下班', '附近哪有供电所', '周末开门吗', '去哪里办业务', '最近的网点怎么走'],
  ],
  none: ['无关', ['今天天气怎么样', '给我讲个笑话', '附近有好吃的吗', '买一张火车票', '水费怎么交', '手机没信号了']],
};

export const taught = (): Taught[] =>
  Object.entries(lines).map(([id, [name, texts]]) => ({
    ...{ id, name },
    utterances: texts.map((text, i) => ({ text, voice: `voice-${i % 3}` })),
  }));

const answers: Record<string, string> = { 'bill.query': '电费请看账单。', 'hall.query': '营业厅九点开门。' };

export const texts: Texts = {
  find: (file, key) => (key === 'answer' ? answers[file] : key === 'unclear' ? '没听明白' : undefined),
  say(file, key) {
    const text = this.find(file, key);
    if (text === undefined) throw new Error(`No text ${key} in ${file}`);
    return text;
  },
  files: () => Object.keys(answers),
  keys: () => ['answer'],
  has: (file, key) => key === 'answer' && file in answers,
};

let learnt: Model | undefined;
/** The four intents, learnt once. */
export function smallModel(): Model {
  const examples = taught().flatMap(({ id, name, utterances }) => [
    { intent: id, text: name, voice: 'name' },
    ...utterances.map(({ text, voice }) => ({ intent: id, text, voice })),
  ]);
  learnt ??= teach(examples);
  return learnt;
}

const intents = new Map(
  taught().map(({ id, name, utterances }): [string, Intent] => [
    id,
    { id, name, signs: {}, asides: {}, utterances: utterances.length },
  ]),
);

export const smallShipped = (): StudioParts['shipped'] => ({
  lines: { taught: taught() },
  ...{ intents, texts, model: smallModel() },
});

export type StudioPartsChange = Partial<StudioParts>;

/** A studio on four small intents, `fault.report` being a dialog. */
export async function smallStudio(storage: Storage, change: Partial<StudioParts> = {}) {
  const cluster = change.cluster ?? (await openCluster({}));
  const studio = await openStudio({
    ...{ storage, cluster, clock: () => new Date(), log: quiet, engine: 'one' },
    shipped: smallShipped(),
    dialogs: new Set(['fault.report']),
    ...change,
  });
  return {
    studio,
    cluster,
    async close() {
      await studio.close();
      if (!change.cluster) await cluster.close();
    },
  };
}

/** The same behind HTTP, with an administrator signed in. */
export async function smallHost(place: Parameters<typeof openStorage>[0], change: Partial<StudioParts> = {}) {
  const storage = await openStorage(place);
  const small = await smallStudio(storage, change);
  const { identity } = await openIdentity({
    ...{ storage, cluster: small.cluster, clock: () => new Date(), adminPassword: password },
  });
  const host = await startHost({ identity, endpoints: [identity, small.studio] });
  const signIn = await fetch(`${host.url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ user: 'admin', password }),
  });
  const { csrf } = (await signIn.json()) as { csrf: string };
  const headers = { cookie: signIn.headers.get('set-cookie')?.split(';')[0] ?? '', 'x-csrf-token': csrf };
  async function ask<T>(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${host.url}/api/studio${path}`, { method, headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as T };
  }
  return {
    ...{ studio: small.studio, storage, url: host.url, ask },
    async close() {
      await host.close();
      await small.close();
      await storage.close();
    },
  };
}

export type SmallHost = Awaited<ReturnType<typeof smallHost>>;

export const canteen = {
  id: 'canteen.hours',
  name: '食堂时间',
  answer: '食堂十一点半开饭。',
  utterances: [
    '食堂几点开饭',
    '你们食堂在哪',
    '员工餐厅对外开放吗',
    '食堂今天有红烧肉吗',
    '想去食堂吃饭要办卡吗',
    '中午饭堂开到几点',
  ],
};
