import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

function given(name: `GRIDTALK_TEST_${'REDIS_URL' | 'DATABASE_URL' | 'FOLDER'}`): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run the tests through jest.config.js, whose globalSetup starts the servers.`);
  return value;
}

/** The run's own Redis. It is shared by all suites: give `openCluster` a `prefix` of your own (`freshPrefix`). */
export const testRedisUrl = () => given('GRIDTALK_TEST_REDIS_URL');
export const freshPrefix = () => `test-${randomBytes(6).toString('hex')}:`;

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: given('GRIDTALK_TEST_DATABASE_URL') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** An empty PostgreSQL database for one suite; `drop` also cuts whoever is still connected. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name}`);
  const url = new URL(given('GRIDTALK_TEST_DATABASE_URL'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`drop database ${name} with (force)`) };
}

/** A folder that does not exist yet, for an embedded database; it goes with the run at the latest. */
export async function freshFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const parent = await mkdtemp(join(given('GRIDTALK_TEST_FOLDER'), 'data-'));
  return { path: join(parent, 'data'), remove: () => rm(parent, { recursive: true, force: true }) };
}
