import type { Payments } from '#backends';
import type { Turn } from './declare.ts';
import { localTime } from './show.ts';

export type Payment = Payments['payments'][number];

/** Payments, a line each, in words of common.yml. */
export const paymentRows = (payments: readonly Payment[], word: Turn['word']): string[] =>
  payments.map(({ at, through, amount, state, serial }) =>
    word('payment.row', {
      at: localTime(at),
      through,
      amount,
      state: word(`payment.${state}`),
      serial: serial.slice(-6),
    }),
  );
