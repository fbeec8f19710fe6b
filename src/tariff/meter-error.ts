import { badRequest } from '#errors';
import { amount, decimal, divided, one, plain } from './decimal.ts';

export interface MeterCheck {
  /** Of the meter as tested: «-0.10» ran 10 % slow, «0.03» 3 % fast. */
  error: string;
  /** kWh that it counted since the last check, or since it was installed. */
  kwh: string;
  /** Error that is allowed; class 2 of homes: 0.02. */
  limit?: string;
}

export interface MeterCorrection {
  withinLimits: boolean;
  /** What a meter without error would have counted. */
  trueKwh: string;
  /** kWh to be paid afterwards; below zero to be given back. */
  kwh: string;
}

const hundredth = one / 100n;

/** 计量差错: beyond the limit, half of what was counted wrongly is put right, on the base of no error at all. */
export function meterError({ error, kwh, limit = '0.02' }: MeterCheck): MeterCorrection {
  const wrong = decimal(error, 'The error of the meter');
  const counted = amount(kwh, 'kWh counted');
  const factor = one + wrong;
  if (factor <= 0n)
    throw badRequest(
      `A meter with an error of ${error} did not count; its kWh tell nothing.`,
      'Take the usage of normal months as the base.',
      'MeterStopped',
    );
  const places = (numerator: bigint, denominator: bigint) =>
    plain(divided(numerator, denominator * hundredth) * hundredth);
  const withinLimits = (wrong < 0n ? -wrong : wrong) <= amount(limit, 'The limit of the error');
  const half = places(-counted * wrong, 2n * factor);
  return { withinLimits, trueKwh: places(counted * one, factor), kwh: withinLimits ? '0' : half };
}
