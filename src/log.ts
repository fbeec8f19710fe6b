import pino from 'pino';

/** Phones keep three and four digits, other runs of 10 to 20 digits (account, identity and order numbers) their last four. */
export function mask(text: string): string {
  return text
    .replace(/(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)/g, '$1****$2')
    .replace(/(?<![\d*])\d{6,16}(\d{4})(?!\d)/g, '******$1');
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map(masked);
  if (value instanceof Error) return { name: value.name, message: mask(value.message), stack: mask(value.stack ?? '') };
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
  return value;
}

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>;

/**
 * JSON lines on standard error (standard output belongs to commands). Everything is masked on its way out, so that no call
 * site has to remember which of its facts are personal.
 */
export function openLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map(masked) as Parameters<typeof method>);
        },
      },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}
