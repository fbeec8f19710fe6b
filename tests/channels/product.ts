import { randomBytes } from 'node:crypto';
import { openStorage } from '#storage';
import { freshFolder } from '../setup/index.ts';
import { startServer } from '../setup/server-process.ts';
import type { Target } from './target.ts';

const secret = 'a-secret-for-tests-only';

/** The whole product as `npm start` runs it, over a database that has its signing key already: the suites forge tokens with it. */
export async function startProduct(): Promise<Target> {
  const folder = await freshFolder();
  const signing = randomBytes(32);
  const storage = await openStorage({ dataDir: folder.path });
  const kept = { name: 'directline.signing', value: signing.toString('base64url') };
  await storage.commit((tx) => tx.insertInto('setting').values(kept).execute());
  await storage.close();
  const server = await startServer({
    PORT: '0',
    GRIDTALK_DATA: folder.path,
    GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests',
    GRIDTALK_DIRECTLINE_SECRET: secret,
  });
  return {
    base: server.url,
    secret,
    signing,
    async stop() {
      await server.kill('SIGTERM');
      await folder.remove();
    },
  };
}
