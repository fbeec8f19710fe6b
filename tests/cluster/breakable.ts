import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut and mended, so that no test has to stop a server that others use. */
export async function breakable(url: string, path: string) {
  const target = new URL(url).searchParams.get('path') as string;
  const sockets = new Set<Socket>();
  const listen = async () => {
    const server = createServer((near) => {
      const far = connect(target);
      for (const [one, other] of [[near, far] as const, [far, near] as const]) {
        sockets.add(one);
        one
          .on('error', () => undefined)
          .on('close', () => {
            sockets.delete(one);
            other.destroy();
          });
        one.pipe(other);
      }
    });
    server.listen(path);
    await once(server, 'listening');
    return server;
  };
  let server = await listen();
  return {
    url: `redis://localhost/0?path=${encodeURIComponent(path)}`,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend() {
      server = await listen();
    },
  };
}
