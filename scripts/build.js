// Builds what browsers load: dist/widget.js, dist/customer, dist/console. With `stale`, only when their sources are newer.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { built } from './built.js';

if (process.argv[2] === 'stale' && built()) process.exit();

const { buildConsole } = await import('./build-console.js');
const { buildWidget } = await import('./build-widget.js');
const dist = fileURLToPath(new URL('../dist', import.meta.url));
mkdirSync(dist, { recursive: true });
await Promise.all([buildWidget(), buildConsole()]);
writeFileSync(`${dist}/built`, '');
