import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A server of this run alone, on a unix socket in the run's own folder: no port is taken, no other server is met. */
export interface Server {
  url: string;
  stop(): Promise<void>;
}

const missing = (what: string, packageName: string) =>
  new Error(`The tests need ${what}, which is not installed. As root: apt-get install -y ${packageName}`);

const onPath = (name: string) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));

/** Debian keeps PostgreSQL's programs off the PATH, a folder a version. */
function postgresqlBin(): string {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => join(base, version, 'bin'));
  const found = folders.find((folder) => existsSync(join(folder, 'postgres')));
  if (found) return found;
  const elsewhere = onPath('postgres');
  if (!elsewhere) throw missing('PostgreSQL', 'postgresql');
  return join(elsewhere, '..');
}

const exited = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Waits until the server says so in its log; a server that ends first takes its last words into the error. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    let up = false;
    // Read to the end of the run, else the full pipe would stop the server; kept only until it is up.
    const read = (chunk: Buffer) => {
      if (up) return;
      log += chunk;
      up = /ready to accept connections/i.test(log);
      if (up) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${child.spawnfile} ended with ${code} before it was ready:\n${log}`)),
    );
  });
}

export async function startRedis(folder: string): Promise<Server> {
  const program = onPath('redis-server');
  if (!program) throw missing('Redis', 'redis-server');
  const socket = join(folder, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder];
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    child.kill('SIGKILL');
    await exited(child);
  };
  await ready(child).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url: `redis://localhost/0?path=${encodeURIComponent(socket)}`, stop };
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
async function asPostgres(): Promise<{ prefix: string[]; own(folder: string): Promise<void> }> {
  if (process.getuid?.() !== 0) return { prefix: [], own: async () => undefined };
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  const [uid, gid] = [await id('-u'), await id('-g')];
  return { prefix: ['runuser', '-u', 'postgres', '--'], own: (folder) => chown(folder, uid, gid) };
}

export async function startPostgresql(folder: string): Promise<Server> {
  const bin = postgresqlBin();
  const [data, socket] = [join(folder, 'pgdata'), join(folder, 'pgsocket')];
  const { prefix, own } = await asPostgres();
  for (const each of [data, socket]) {
    await mkdir(each, { mode: 0o700 });
    await own(each);
  }
  const command = (program: string, ...rest: string[]) => [...prefix, join(bin, program), '-D', data, ...rest] as const;
  const [init, ...initOptions] = command(
    'initdb',
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  );
  await run(init as string, initOptions, { cwd: '/' });
  // The data is thrown away after the run: a test server need not survive a power cut.
  const settings = [
    'fsync=off',
    'full_page_writes=off',
    'synchronous_commit=off',
    'max_connections=200',
    'listen_addresses=',
  ];
  const [start, ...startOptions] = command('postgres', '-k', socket, ...settings.flatMap((setting) => ['-c', setting]));
  const child = spawn(start as string, startOptions, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C' },
  });
  const stop = async () => {
    // To the server itself, runuser would not hand it on: clients that are still connected are cut off.
    const pid = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
    if (pid) process.kill(Number.parseInt(pid, 10), 'SIGQUIT');
    else child.kill('SIGKILL');
    await exited(child);
  };
  await ready(child).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socket)}`, stop };
}
