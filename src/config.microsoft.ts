import { z } from 'zod';
import { optional, unset } from './config.variables.ts';

/** The bot as Azure shows it, or an open door for the Emulator on this machine. */
export type BotFrameworkSettings =
  | { is: 'registered'; appId: string; password: string; tenantId?: string; cloud: 'public' | 'china' }
  | { is: 'development' };

const guid = (name: string) =>
  optional(z.guid(`${name} must look like 12345678-90ab-cdef-1234-567890abcdef, as Azure shows it`));

export const microsoftSettings = {
  MICROSOFT_APP_ID: guid('MICROSOFT_APP_ID'),
  MICROSOFT_APP_PASSWORD: optional(z.string()),
  MICROSOFT_APP_TENANT_ID: guid('MICROSOFT_APP_TENANT_ID'),
  MICROSOFT_APP_TYPE: optional(
    z.enum(['SingleTenant', 'MultiTenant'], {
      error: 'MICROSOFT_APP_TYPE must be SingleTenant or MultiTenant; managed identities are not supported',
    }),
  ),
  MICROSOFT_CLOUD: z.preprocess(
    unset,
    z
      .enum(['public', 'china'], { error: 'MICROSOFT_CLOUD must be public, or china for Azure operated by 21Vianet' })
      .default('public'),
  ),
  GRIDTALK_BOT_DEV: optional(z.literal('1', 'GRIDTALK_BOT_DEV must be 1, or left out')),
};

type Environment = Readonly<Record<string, string | undefined>>;

/** What only makes sense together: a fault a line, each with its mend. */
export function microsoftFaults(environment: Environment): string[] {
  const { MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: password, MICROSOFT_APP_TENANT_ID: tenant } = environment;
  const single = environment.MICROSOFT_APP_TYPE === 'SingleTenant' || environment.MICROSOFT_CLOUD === 'china';
  const rules: [boolean, string][] = [
    [
      Boolean(password || tenant) && !id,
      'MICROSOFT_APP_ID is missing: take it from Azure, or unset the other MICROSOFT_ settings',
    ],
    [
      Boolean(id) && !password,
      'MICROSOFT_APP_PASSWORD is missing: make a client secret in Azure, or unset MICROSOFT_APP_ID',
    ],
    [
      Boolean(id) && single && !tenant,
      'MICROSOFT_APP_TENANT_ID is missing: a bot of one tenant, and every bot in china, needs it',
    ],
    [
      Boolean(environment.GRIDTALK_BOT_DEV && id),
      'GRIDTALK_BOT_DEV opens /api/messages without sign-in: unset it where MICROSOFT_APP_ID is set',
    ],
    [
      Boolean(environment.GRIDTALK_BOT_DEV) && !/^(127\.0\.0\.1|::1|localhost)$/.test(environment.HOST ?? ''),
      'GRIDTALK_BOT_DEV opens /api/messages without sign-in: set HOST=127.0.0.1, so that only this machine reaches it',
    ],
  ];
  return rules.flatMap(([broken, fault]) => (broken ? [fault] : []));
}

export function botFrameworkOf(set: z.infer<z.ZodObject<typeof microsoftSettings>>): BotFrameworkSettings | undefined {
  const { MICROSOFT_APP_ID: appId, MICROSOFT_APP_PASSWORD: password, MICROSOFT_APP_TENANT_ID: tenant } = set;
  if (appId && password) {
    const tenantId = set.MICROSOFT_APP_TYPE === 'MultiTenant' ? undefined : tenant;
    return { is: 'registered', appId, password, tenantId, cloud: set.MICROSOFT_CLOUD };
  }
  return set.GRIDTALK_BOT_DEV ? { is: 'development' } : undefined;
}
