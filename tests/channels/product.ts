import { openStorage } from '#storage';
import { freshFolder } from '../setup/index.ts';
import { startServer } from '../setup/server-process.ts';
import type { Target } from './target.ts';

const secret = 'a-secret-for-tests-only';

/** The whole product as `npm start` runs it. Its first life makes the signing key, which the suites forge tokens with. */
export async function startProduct(): Promise<Target> {
  const folder = await freshFolder();
  const environment = {
    PORT: '0',
    GRIDTALK_DATA: folder.path,
    GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests',
    GRIDTALK_DIRECTLINE_SECRET: secret,
  };
  await (await startServer(environment)).kill('SIGTERM');
  const storage = await openStorage({ dataDir: folder.path });
  const key = storage.db.selectFrom('setting').select('value').where('name', '=', 'directline.signing');
  const { value } = await key.executeTakeFirstOrThrow();
  await storage.close();
  const server = await startServer(environment);
  return {
    base: server.url,
    secret,
    signing: Buffer.from(value, 'base64url'),
    async stop() {
      await server.kill('SIGTERM');
      await folder.remove();
    },
  };
}
