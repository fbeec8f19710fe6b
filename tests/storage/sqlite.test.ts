import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openStorage } from '#storage';
import { freshFolder } from '../setup/index.ts';
import { conformance } from './conformance.ts';
import { setting, settingNames } from './rows.ts';

conformance('SQLite', async () => {
  const { path, remove } = await freshFolder();
  return { open: () => openStorage({ dataDir: path }), remove };
});

const program = fileURLToPath(new URL('writer.child.ts', import.meta.url));

/** Another process that writes into the folder; `lines` are the commits that it was told are on disk. */
function writer(dataDir: string, prefix: string, callers: number) {
  const child = spawn(process.execPath, [program, dataDir, prefix, String(callers)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, lines: createInterface({ input: child.stdout }) };
}

const kill = async (child: ChildProcess) => {
  child.kill('SIGKILL');
  await once(child, 'close');
};

describe('the data folder', () => {
  let dataDir: string;
  let remove: () => Promise<void>;

  beforeEach(async () => {
    ({ path: dataDir, remove } = await freshFolder());
  });
  afterEach(() => remove());

  test('is made for this user alone', async () => {
    const storage = await openStorage({ dataDir });
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    await storage.close();
  });

  test('is refused to a second opening in the same process until the first is closed', async () => {
    const storage = await openStorage({ dataDir });
    await expect(openStorage({ dataDir })).rejects.toMatchObject({ code: 'DataFolderInUse' });
    await setting(storage, 'undisturbed', '');
    await storage.close();
    await (await openStorage({ dataDir })).close();
  });

  test('is refused while another process has it, and free once that one is killed', async () => {
    const { child, lines } = writer(dataDir, 'other', 1);
    await once(lines, 'line');
    const error = (await openStorage({ dataDir }).catch((fault: unknown) => fault)) as Error;
    expect(error).toMatchObject({ code: 'DataFolderInUse', mend: expect.stringContaining('GRIDTALK_DATA') });
    expect(error.message).toContain(dataDir);
    expect(error.message).toContain(String(child.pid));
    await kill(child);
    await (await openStorage({ dataDir })).close();
  });

  test('that holds something else than a database is named as the fault, and let go of', async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'gridtalk.db'), 'not a database '.repeat(500));
    for (const _twice of [1, 2]) {
      await expect(openStorage({ dataDir })).rejects.toMatchObject({ code: 'DataFolderUnusable' });
    }
  });

  test('that is a file is named as the fault', async () => {
    await writeFile(dataDir, '');
    await expect(openStorage({ dataDir })).rejects.toMatchObject({ code: 'DataFolderUnusable' });
  });

  test('no acknowledged commit is lost by kill -9', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 6; round++) {
      acknowledged.push(...(await writeUntilKilled(dataDir, round)));
      const storage = await openStorage({ dataDir });
      const kept = new Set(await settingNames(storage.db));
      expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
      await storage.close();
    }
    expect(acknowledged.length).toBeGreaterThan(5);
    // Six processes are started one after another: on a busy machine that alone takes a while.
  }, 120_000);
});

/** What a writer was told is on disk, until it was killed at a random moment; alone and with shared flushes in turn. */
async function writeUntilKilled(dataDir: string, round: number): Promise<string[]> {
  const { child, lines } = writer(dataDir, `round${round}`, round % 2 ? 16 : 1);
  const acknowledged: string[] = [];
  const enough = 1 + Math.floor(Math.random() * 400);
  lines.on('line', (line) => {
    if (line !== 'ready') acknowledged.push(line);
    if (acknowledged.length === enough) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return acknowledged;
}
