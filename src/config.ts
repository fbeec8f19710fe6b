import { resolve } from 'node:path';
import { z } from 'zod';
import { SettingsError } from '#errors';

/** `''` is how shells and compose files say «not set». */
const unset = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(shape: T) => z.preprocess(unset, shape.optional());

const Settings = z.object({
  PORT: z.preprocess(
    unset,
    z.coerce
      .number({ error: 'PORT must be a number from 0 to 65535, e.g. 3978' })
      .int()
      .min(0)
      .max(65535)
      .default(3978),
  ),
  HOST: optional(z.string()),
  GRIDTALK_DATA: z.preprocess(unset, z.string().default('./data')),
  DATABASE_URL: optional(
    z.string().regex(/^postgres(ql)?:\/\//, 'DATABASE_URL must look like postgresql://user:password@host/database'),
  ),
  REDIS_URL: optional(z.string().regex(/^(rediss?|unix):\/\/|^\//, 'REDIS_URL must look like redis://host:6379')),
  GRIDTALK_ADMIN_PASSWORD: optional(
    z.string().min(10, 'GRIDTALK_ADMIN_PASSWORD must have at least 10 characters, or be left out to get a random one'),
  ),
  GRIDTALK_DIRECTLINE_SECRET: optional(
    z.string().min(20, 'GRIDTALK_DIRECTLINE_SECRET must have at least 20 characters, e.g. from: openssl rand -hex 32'),
  ),
  GRIDTALK_ORIGINS: optional(z.string()),
  GRIDTALK_BACKEND: optional(z.string()),
  GRIDTALK_BACKEND_URL: optional(
    z.url({ protocol: /^https?$/, error: 'GRIDTALK_BACKEND_URL must look like https://gateway.example/api' }),
  ),
  GRIDTALK_BACKEND_TOKEN: optional(z.string()),
  LOG_LEVEL: z.preprocess(
    unset,
    z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], {
        error: 'LOG_LEVEL must be one of debug, info, warn, error, silent',
      })
      .default('info'),
  ),
});

export interface Config {
  port: number;
  host?: string;
  dataDir: string;
  databaseUrl?: string;
  redisUrl?: string;
  adminPassword?: string;
  directLineSecret?: string;
  /** Pages on other origins that may use Direct Line; empty = any page (tokens protect the conversations). */
  origins: string[];
  logLevel: string;
  /** The utility's own systems; without them, the demonstration. */
  backend?: { mapping: string; url: string; token?: string };
}

/**
 * Reads every setting once, at boot; nobody else looks at the environment.
 * @throws SettingsError with all faults at once, each with its mend.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Settings.safeParse(environment);
  const faults = parsed.success ? together(parsed.data) : parsed.error.issues.map((issue) => issue.message);
  if (!parsed.success || faults.length > 0) throw new SettingsError(faults);
  const set = parsed.data;
  return {
    port: set.PORT,
    host: set.HOST,
    dataDir: resolve(set.GRIDTALK_DATA),
    databaseUrl: set.DATABASE_URL,
    redisUrl: set.REDIS_URL,
    adminPassword: set.GRIDTALK_ADMIN_PASSWORD,
    directLineSecret: set.GRIDTALK_DIRECTLINE_SECRET,
    origins: (set.GRIDTALK_ORIGINS ?? '').split(',').flatMap((origin) => origin.trim() || []),
    logLevel: set.LOG_LEVEL,
    backend:
      set.GRIDTALK_BACKEND && set.GRIDTALK_BACKEND_URL
        ? { mapping: set.GRIDTALK_BACKEND, url: set.GRIDTALK_BACKEND_URL, token: set.GRIDTALK_BACKEND_TOKEN }
        : undefined,
  };
}

/** Settings that only make sense together. */
function together({ GRIDTALK_BACKEND: mapping, GRIDTALK_BACKEND_URL: url }: z.infer<typeof Settings>): string[] {
  if (mapping && !url) return ['GRIDTALK_BACKEND names a mapping file, but GRIDTALK_BACKEND_URL is not set; set both'];
  return url && !mapping
    ? ['GRIDTALK_BACKEND_URL is set without GRIDTALK_BACKEND; name the mapping file (docs/backend.md)']
    : [];
}
