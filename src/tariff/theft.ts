import { amount, centOfProduct, decimal, divided, plain, yuan } from './decimal.ts';

/** Of 供电营业规则: days taken where the time is not known, hours a day, and how many times the charge the penalty may be at most. */
export interface TheftRule {
  days: number;
  residentialHours: number;
  otherHours: number;
  times: string;
}

export const theftRule: TheftRule = { days: 180, residentialHours: 6, otherHours: 12, times: '3' };

export interface Theft {
  /** Rated capacity of what was wired, or of the meter at its nominal current. */
  kw: string;
  /** Homes and lighting; else power. */
  residential: boolean;
  /** How long it went on; left out where nobody can tell. */
  days?: number;
  /** Yuan a kWh. */
  price: string;
}

export interface TheftLiability {
  days: number;
  /** The rule's days, as the real ones are not known. */
  assumed: boolean;
  hoursADay: number;
  kwh: string;
  charge: string;
  /** 违约使用电费, at most; how much of it is asked is for staff to decide. */
  penaltyUpTo: string;
}

/** 追补电费 and the most that may come on top. */
export function theftLiability({ kw, residential, days, price }: Theft, rule: TheftRule = theftRule): TheftLiability {
  const hoursADay = residential ? rule.residentialHours : rule.otherHours;
  const counted = days ?? rule.days;
  const kwh = amount(kw, 'The capacity') * BigInt(Math.round(counted * hoursADay));
  const charge = divided(kwh * amount(price, 'The price'), centOfProduct);
  const penalty = divided(charge * decimal(rule.times, 'The times of the penalty'), 100_000_000n);
  return {
    days: counted,
    assumed: days === undefined,
    hoursADay,
    kwh: plain(kwh),
    charge: yuan(charge),
    penaltyUpTo: yuan(penalty),
  };
}
