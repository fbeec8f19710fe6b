// Runs before `npm start`, `npm test`, `npm run bench` and the commands, on whatever Node the host has (20 or newer): installs
// what is missing, builds what is stale, learns the intents once. Says nothing when there is nothing to do. Plain JavaScript:
// nothing is installed yet when it runs.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built, newest } from './built.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const purpose = process.argv[2] ?? 'start';
const at = (...parts) => join(root, ...parts);
const say = (text) => process.stderr.write(`${text}\n`);

function run(command, args, why) {
  if (why) say(why);
  // Standard output belongs to the command that follows.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  say(
    `${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}. Mend what it says above and try again.`,
  );
  process.exit(1);
}

/** npm leaves a copy of the lock file behind; where it is absent or older, the tree is not what the lock says. */
function installed() {
  const mark = at('node_modules/.package-lock.json');
  if (!existsSync(mark) || !existsSync(at('node_modules/.bin/node'))) return false;
  const have = JSON.parse(readFileSync(mark, 'utf8')).packages;
  const want = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  return Object.entries(want).every(
    ([path, wanted]) => path === '' || wanted.optional || have[path]?.version === wanted.version,
  );
}

/** src/understanding.ts decides by content; here a look at times spares the start of a process. */
function learnt() {
  if (!existsSync(at('dist'))) return false;
  const models = readdirSync(at('dist')).filter((name) => name.startsWith('model-') && name.endsWith('.bin'));
  const since = Math.max(0, ...models.map((name) => statSync(at('dist', name)).mtimeMs));
  return ['intents', 'src/nlu/classifier', 'src/nlu/data'].every((folder) => newest(folder) <= since);
}

/** Real servers for the tests, from Debian's packages. */
function services() {
  const wanted = [
    ['redis-server', () => onPath('redis-server')],
    ['postgresql', () => existsSync('/usr/lib/postgresql')],
    ['chromium', () => onPath('chromium')],
    ['fonts-noto-cjk', () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')],
  ];
  const missing = wanted.filter(([, there]) => !there()).map(([name]) => name);
  if (missing.length === 0) return;
  const command = `apt-get update && apt-get install -y ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    say(`The tests need ${missing.join(', ')}. Install them with: sudo sh -c '${command}'`);
    process.exit(1);
  }
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  run('sh', ['-c', `${command} >&2`], `Installing ${missing.join(', ')} for the tests.`);
}

function onPath(name) {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

if (!installed()) run('npm', ['ci', '--no-fund', '--no-audit'], 'Installing packages (a few minutes the first time).');
const node = at('node_modules/.bin/node');
if (purpose !== 'gridtalk' && !built()) run(node, [at('scripts/build.js')], 'Building the pages.');
if (purpose === 'test') services();
if (!learnt()) run(node, [at('src/cli.ts'), 'learn'], 'Learning the intents.');
