import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const minute = 60_000;

export type Robot = Awaited<ReturnType<typeof openRobot>>;

/** WeCom's side on loopback, with its rules: the key, 20 messages in any minute, 4096 bytes; always status 200. */
export async function openRobot({ port = 0, now = () => Date.now() } = {}) {
  const key = '693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa';
  const taken: { at: number; content: string }[] = [];
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const state = { key, down: false, busy: 0 };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://host');
    asked.push(url.pathname);
    if (state.down) return void response.destroy();
    const [errcode, errmsg] = judge(url, JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ errcode, errmsg }));
    for (const tell of waiting.splice(0)) tell();
  }

  function judge(url: URL, body: { msgtype?: string; markdown?: { content?: string } }): [number, string] {
    if (url.searchParams.get('key') !== state.key)
      return [93000, `invalid webhook url, hint: [1], key ${url.searchParams.get('key')}`];
    const { content } = body.markdown ?? {};
    if (body.msgtype !== 'markdown' || !content) return [40008, 'invalid message type'];
    if (Buffer.byteLength(content) > 4096) return [40058, 'markdown.content exceed max length 4096'];
    if (state.busy > 0) {
      state.busy -= 1;
      return [-1, 'system busy'];
    }
    if (taken.filter(({ at }) => at > now() - minute).length >= 20) return [45009, 'api freq out of limit'];
    taken.push({ at: now(), content });
    return [0, 'ok'];
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: listens } = server.address() as AddressInfo;
  return {
    webhook: `http://127.0.0.1:${listens}/cgi-bin/webhook/send?key=${key}`,
    key,
    state,
    taken,
    asked,
    contents: () => taken.map(({ content }) => content),
    /** Settles once so many messages were taken in all. */
    async took(count: number): Promise<void> {
      while (taken.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
