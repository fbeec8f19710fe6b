import { readConfig } from '#config';
import { openLog } from '#log';
import { openApp } from '../../src/app.ts';

const config = readConfig();
const app = await openApp(process.argv[2] ?? '', config, openLog(config.logLevel));
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
const port = await app.listen();
process.stdout.write(`http://127.0.0.1:${port}\n`);
