import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One POST of JSON over a kept-alive connection; rejects on any status but 2xx. */
export function post<T>(base: string, path: string, body: unknown, token?: string): Promise<T> {
  const payload = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  return new Promise((resolve, reject) => {
    const call = request(base + path, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        if ((response.statusCode ?? 500) < 300) resolve(text ? JSON.parse(text) : undefined);
        else reject(new Error(`${path}: ${response.statusCode} ${text}`));
      });
    });
    call.on('error', reject);
    call.end(payload);
  });
}

/** The four turns of a fault report. */
export const turns = (n: number) => [
  '没电了',
  `西湖区文三路${n}号2幢101室`,
  `138${String(n).padStart(8, '0')}`,
  '确认提交',
];

/** Runs `jobs` with so many at once; answers seconds and the milliseconds that each took. */
export async function together(
  jobs: number,
  atOnce: number,
  work: (n: number) => Promise<void>,
): Promise<{ seconds: number; took: number[] }> {
  const took: number[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < jobs) {
        const n = next++;
        const start = performance.now();
        await work(n);
        took.push(performance.now() - start);
      }
    }),
  );
  return { seconds: (performance.now() - began) / 1000, took };
}

/** Starts one job every so many milliseconds, finished or not, as customers come. */
export async function paced(jobs: number, everyMs: number, work: (n: number) => Promise<void>): Promise<number[]> {
  const took: number[] = [];
  const running: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < jobs; n += 1) {
    const due = began + n * everyMs;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(work(n).then(() => void took.push(performance.now() - due)));
  }
  await Promise.all(running);
  return took;
}

export const quantile = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
