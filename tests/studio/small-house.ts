import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { startFlags } from '../setup/server-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Enough for every intent to be known, few enough to be learnt in seconds. */
const LINES = 12;

/** The product with all its dialogs, but with a few utterances an intent, in a folder of its own. */
export function makeSmallHouse(folder: string): string {
  for (const name of ['src', 'dialogs', 'locales', 'package.json']) symlinkSync(join(root, name), join(folder, name));
  mkdirSync(join(folder, 'intents'));
  for (const name of readdirSync(join(root, 'intents'))) {
    const { voices, ...rest } = parse(readFileSync(join(root, 'intents', name), 'utf8'));
    const few = Object.entries((voices ?? {}) as Record<string, string[]>).map(([voice, lines]) => [
      voice,
      [...lines].sort((a, b) => a.length - b.length).slice(0, Math.ceil(LINES / Object.keys(voices).length)),
    ]);
    const small = voices ? { ...rest, voices: Object.fromEntries(few) } : rest;
    writeFileSync(join(folder, 'intents', name), stringify(small));
  }
  return folder;
}

/** Puts built pages into it. */
export const furnish = (house: string, consoleDir: string) =>
  cpSync(consoleDir, join(house, 'dist/console'), { recursive: true });

export interface House {
  url: string;
  stop(): Promise<void>;
}

/** Runs the server over such a folder, in a process of its own. */
export async function runHouse(house: string, environment: Record<string, string>): Promise<House> {
  const child = spawn(
    process.execPath,
    ['--no-warnings', ...startFlags, fileURLToPath(new URL('house.child.ts', import.meta.url)), house],
    {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const gone = once(child, 'exit');
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    gone.then(([code]) => Promise.reject(new Error(`The server ended with ${code} before it was up.`))),
  ]);
  return {
    url: String(line).trim(),
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
