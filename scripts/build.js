// Builds what browsers load: dist/widget.js, dist/customer, dist/console.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildConsole } from './build-console.js';
import { buildWidget } from './build-widget.js';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
mkdirSync(dist, { recursive: true });
await Promise.all([buildWidget(), buildConsole()]);
writeFileSync(`${dist}/built`, '');
