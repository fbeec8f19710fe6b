import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** As `npm start` gives them to node, for programs started in `root`. */
export const startFlags = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.start as string)
  .split(' ')
  .filter((word) => word.startsWith('--'));

/** The server as `npm start` runs it, in a process of its own that can be killed. */
export interface ServerProcess {
  url: string;
  /** What it printed until it was up. */
  banner: string;
  /** All it printed so far. */
  printed(): string;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

export async function startServer(environment: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--no-warnings', ...startFlags, 'src/main.ts'], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'error', HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  child.stdout?.on('data', (chunk) => printed.push(String(chunk)));
  const banner = await bannerOf(child);
  const port = /localhost:(\d+)/.exec(banner)?.[1];
  return {
    url: `http://127.0.0.1:${port}`,
    banner,
    printed: () => printed.join(''),
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      const [code] = await gone;
      return code as number | null;
    },
  };
}

function bannerOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    let complaints = '';
    child.stderr?.on('data', (chunk) => {
      complaints += chunk;
    });
    child.stdout?.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes('/healthz')) setImmediate(() => resolve(printed));
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was up: ${complaints}`)));
  });
}
