import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readConfig } from '#config';
import { GridTalkError, SettingsError } from '#errors';
import { openLog } from '#log';
import { openApp } from './app.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Addresses that a phone in the same network can open, too. */
function addresses(port: number): string[] {
  const lan = Object.values(networkInterfaces())
    .flat()
    .filter((net) => net?.family === 'IPv4' && !net.internal);
  return [`http://localhost:${port}`, ...lan.map((net) => `http://${net?.address}:${port}`)];
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = openLog(config.logLevel);
  const app = await openApp(root, config, log);
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    await app.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  const port = await app.listen();
  const [here] = addresses(port);
  console.log(`GridTalk (电语) is up.
  customers  ${addresses(port)
    .map((address) => `${address}/`)
    .join('  ')}
  staff      ${here}/console/
  health     ${here}/healthz`);
  if (app.firstPassword)
    console.log(`  first sign-in: user admin, one-time password ${app.firstPassword} (shown only now)`);
}

main().catch((error) => {
  const known = error instanceof SettingsError || error instanceof GridTalkError;
  const mend = error instanceof GridTalkError ? ` ${error.mend}` : '';
  console.error(known ? `${error.message}${mend}` : error);
  process.exit(1);
});
