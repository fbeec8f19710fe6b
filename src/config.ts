import { resolve } from 'node:path';
import { z } from 'zod';
import { SettingsError } from '#errors';
import { type BotFrameworkSettings, botFrameworkOf, microsoftFaults, microsoftSettings } from './config.microsoft.ts';
import { optional, unset } from './config.variables.ts';
import { type WecomSettings, wecomOf, wecomSettings } from './config.wecom.ts';

export type { BotFrameworkSettings } from './config.microsoft.ts';
export type { WecomSettings } from './config.wecom.ts';

/** `''` is how shells and compose files say «not set». */

const aesKey = (name: string) =>
  optional(
    z.string().regex(/^[A-Za-z0-9]{43}$/, `${name} must be the 43 letters and digits that mp.weixin.qq.com shows`),
  );

/** Where the account's secret is sent: never over a line that others can read. */
const isSafeBase = (text: string) =>
  URL.canParse(text) && /^https:\/\/[^/?#]+\/?$|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\/?$/.test(text);

const wechatSettings = {
  WECHAT_APP_ID: optional(
    z
      .string()
      .regex(
        /^wx[0-9a-f]{16}$/,
        'WECHAT_APP_ID must be wx and 16 digits or letters a to f, as mp.weixin.qq.com shows it',
      ),
  ),
  WECHAT_APP_SECRET: optional(
    z
      .string()
      .regex(/^[0-9a-f]{32}$/, 'WECHAT_APP_SECRET must be 32 digits or letters a to f, as mp.weixin.qq.com showed it'),
  ),
  WECHAT_TOKEN: optional(
    z
      .string()
      .regex(/^[A-Za-z0-9]{3,32}$/, 'WECHAT_TOKEN must be 3 to 32 letters and digits, the same as at mp.weixin.qq.com'),
  ),
  WECHAT_AES_KEY: aesKey('WECHAT_AES_KEY'),
  WECHAT_AES_KEY_PREVIOUS: aesKey('WECHAT_AES_KEY_PREVIOUS'),
  WECHAT_API_BASE: z.preprocess(
    unset,
    z
      .string()
      .refine(
        isSafeBase,
        'WECHAT_API_BASE must be an https address without a path (http only on this machine, for a simulator)',
      )
      .default('https://api.weixin.qq.com'),
  ),
};

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
  GRIDTALK_NOTICES: optional(z.string()),
  GRIDTALK_BACKEND: optional(z.string()),
  GRIDTALK_BACKEND_URL: optional(
    z.url({ protocol: /^https?$/, error: 'GRIDTALK_BACKEND_URL must look like https://gateway.example/api' }),
  ),
  GRIDTALK_BACKEND_TOKEN: optional(z.string()),
  ...wechatSettings,
  ...microsoftSettings,
  ...wecomSettings,
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
  /** Absent: the channel is off. */
  wechat?: WechatSettings;
  /** Absent: `/api/messages` is not there. */
  botFramework?: BotFrameworkSettings;
  /** Absent: staff hear of orders at the desk only. */
  wecom?: WecomSettings;
  /** File of the operator's own settings for notices (src/notices/settings.yml). */
  notices?: string;
}

/** The Official Account, as its page on mp.weixin.qq.com shows it. */
export interface WechatSettings {
  appId: string;
  secret: string;
  token: string;
  /** The 43 characters; absent in plain mode. */
  aesKey?: string;
  /** Still taken while WeChat changes to the new one. */
  previousAesKey?: string;
  /** `https://api.weixin.qq.com`, or a simulator. */
  apiBase: string;
}

/** The account is set up whole or not at all. */
function halfSetUp(environment: NodeJS.ProcessEnv): string[] {
  const needed = ['WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'WECHAT_TOKEN'];
  const all = [...needed, 'WECHAT_AES_KEY', 'WECHAT_AES_KEY_PREVIOUS'];
  if (!all.some((name) => environment[name])) return [];
  const missing = needed.filter((name) => !environment[name]);
  return [
    ...missing.map((name) => `${name} is missing: take it from mp.weixin.qq.com, or unset the other WECHAT_ settings`),
    ...(environment.WECHAT_AES_KEY_PREVIOUS && !environment.WECHAT_AES_KEY
      ? ['WECHAT_AES_KEY_PREVIOUS is set without WECHAT_AES_KEY: set the key that is in force, too']
      : []),
  ];
}

function wechatOf(set: z.infer<typeof Settings>): WechatSettings | undefined {
  const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: secret, WECHAT_TOKEN: token } = set;
  if (!appId || !secret || !token) return undefined;
  const keys = { aesKey: set.WECHAT_AES_KEY, previousAesKey: set.WECHAT_AES_KEY_PREVIOUS };
  return { appId, secret, token, ...keys, apiBase: set.WECHAT_API_BASE.replace(/\/$/, '') };
}

/**
 * Reads every setting once, at boot; nobody else looks at the environment.
 * @throws SettingsError with all faults at once, each with its mend.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Settings.safeParse(environment);
  const faults = [
    ...(parsed.error?.issues ?? []).map(({ message }) => message),
    ...halfSetUp(environment),
    ...together(environment),
    ...microsoftFaults(environment),
  ];
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
    wechat: wechatOf(set),
    botFramework: botFrameworkOf(set),
    wecom: wecomOf(set),
    notices: set.GRIDTALK_NOTICES,
  };
}

/** Settings that only make sense together. */
function together({ GRIDTALK_BACKEND: mapping, GRIDTALK_BACKEND_URL: url }: NodeJS.ProcessEnv): string[] {
  if (mapping && !url) return ['GRIDTALK_BACKEND names a mapping file, but GRIDTALK_BACKEND_URL is not set; set both'];
  return url && !mapping
    ? ['GRIDTALK_BACKEND_URL is set without GRIDTALK_BACKEND; name the mapping file (docs/backend.md)']
    : [];
}
