// `npm run bench`: the main job against its peers, side by side on this machine. `-- --json` prints one object.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFlags } from '../setup/server-process.ts';
import { paced, post, quantile, together, turns } from './load.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const secret = 'a-secret-for-the-bench-only';
const atOnce = 64;
const conversations = 500;

interface Server {
  base: string;
  child: ChildProcess;
  startSeconds: number;
}

async function start(file: string, environment: Record<string, string> = {}, ours: string[] = []): Promise<Server> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--no-warnings', ...ours, file], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const base = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (chunk) => {
      printed += chunk;
      const port = /(?:port |localhost:)(\d+)/.exec(printed)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    });
    child.once('exit', () => reject(new Error(`${file} did not start`)));
  });
  return { base, child, startSeconds: (performance.now() - began) / 1000 };
}

const stop = ({ child }: Server) =>
  new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });

function megabytes({ child }: Server): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

const botMessage = (text: string, id: string) => ({
  type: 'message',
  deliveryMode: 'expectReplies',
  channelId: 'test',
  serviceUrl: 'http://127.0.0.1:9',
  id: `${Math.random()}`,
  from: { id: 'customer' },
  recipient: { id: 'bot' },
  conversation: { id },
  locale: 'zh-cn',
  text,
});

async function peer(file: string): Promise<number> {
  const server = await start(join(here, 'peers', file));
  const talk = async (n: number) => {
    for (const text of turns(n)) await post(server.base, '/api/messages', botMessage(text, `c${n}`));
  };
  await together(100, atOnce, (n) => talk(n + 1_000_000));
  const { seconds } = await together(conversations, atOnce, talk);
  await stop(server);
  return (conversations * 4) / seconds;
}

async function talkTo(base: string, n: number): Promise<void> {
  const { conversationId, token } = await post<{ conversationId: string; token: string }>(
    base,
    '/v3/directline/conversations',
    {},
    secret,
  );
  for (const text of turns(n))
    await post(base, `/v3/directline/conversations/${conversationId}/activities`, message(text), token);
}

const message = (text: string) => ({
  type: 'message',
  from: { id: '' },
  text,
  channelData: { clientActivityID: `${Math.random()}` },
});

/** Only the four turns are counted; conversations are opened before the clock starts. */
async function throughput(base: string, first: number): Promise<number> {
  const open = () => post<{ conversationId: string; token: string }>(base, '/v3/directline/conversations', {}, secret);
  const opened = await Promise.all(Array.from({ length: conversations }, open));
  const { seconds } = await together(conversations, atOnce, async (n) => {
    const { conversationId, token } = opened[n] as { conversationId: string; token: string };
    for (const text of turns(first + n))
      await post(base, `/v3/directline/conversations/${conversationId}/activities`, message(text), token);
  });
  return (conversations * 4) / seconds;
}

async function latency(base: string, first: number): Promise<number> {
  const opened = await Promise.all(
    Array.from({ length: 250 }, () =>
      post<{ conversationId: string; token: string }>(base, '/v3/directline/conversations', {}, secret),
    ),
  );
  const took = await paced(1000, 10, async (n) => {
    const { conversationId, token } = opened[n % 250] as { conversationId: string; token: string };
    const text = turns(first + (n % 250))[Math.floor(n / 250)] as string;
    await post(base, `/v3/directline/conversations/${conversationId}/activities`, message(text), token);
  });
  return quantile(took, 0.95);
}

async function ours() {
  const dataDir = mkdtempSync(join(tmpdir(), 'gridtalk-bench-'));
  const environment = {
    PORT: '0',
    HOST: '127.0.0.1',
    GRIDTALK_DATA: dataDir,
    GRIDTALK_ADMIN_PASSWORD: 'a-password-for-the-bench',
    GRIDTALK_DIRECTLINE_SECRET: secret,
    LOG_LEVEL: 'error',
  };
  const main = join(root, 'src/main.ts');
  await stop(await start(main, environment, startFlags));
  const server = await start(main, environment, startFlags);
  await together(100, atOnce, (n) => talkTo(server.base, 10_000_000 + n));
  const turnsPerSecond = await throughput(server.base, 1_000_000);
  const p95Milliseconds = await latency(server.base, 2_000_000);
  await together(10_000 - 850, atOnce, (n) => talkTo(server.base, 3_000_000 + n));
  const residentMegabytes = megabytes(server);
  await stop(server);
  rmSync(dataDir, { recursive: true, force: true });
  return { turnsPerSecond, p95Milliseconds, residentMegabytes, startSeconds: server.startSeconds };
}

const round = (value: number, digits = 0) => Number(value.toFixed(digits));

const echoPerSecond = await peer('echo.ts');
const waterfallPerSecond = await peer('waterfall.ts');
const { turnsPerSecond, p95Milliseconds, residentMegabytes, startSeconds } = await ours();
const result = {
  turnsPerSecond: round(turnsPerSecond),
  echoPerSecond: round(echoPerSecond),
  waterfallPerSecond: round(waterfallPerSecond),
  ratioToEcho: round(turnsPerSecond / echoPerSecond, 2),
  ratioToWaterfall: round(turnsPerSecond / waterfallPerSecond, 2),
  p95Milliseconds: round(p95Milliseconds, 1),
  residentMegabytes: round(residentMegabytes),
  startSeconds: round(startSeconds, 2),
};
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else
  console.log(`
turns/s, durable      ${result.turnsPerSecond}
echo/s, bare          ${result.echoPerSecond}   ratio ${result.ratioToEcho} (goal 0.5)
waterfall/s, memory   ${result.waterfallPerSecond}   ratio ${result.ratioToWaterfall} (goal 1)
p95 at 100 turns/s    ${result.p95Milliseconds} ms (goal 50)
resident memory       ${result.residentMegabytes} MB after 10,000 conversations (goal 250)
start to listening    ${result.startSeconds} s (goal 2)`);
