import { Fault } from './fault.ts';

export interface BreakerOptions {
  /** Failures in a row that open it. */
  failures: number;
  /** Milliseconds that it stays open before one call is let through as a trial. */
  openFor: number;
  clock: () => Date;
}

/**
 * Circuit breaker: a system that is down is not asked by every customer until each has waited the whole time-out. Our own, since the
 * known libraries tell the time by the process's clock, and this product's time is a parameter.
 */
export function openBreaker({ failures, openFor, clock }: BreakerOptions) {
  let inRow = 0;
  let openUntil = 0;
  let trial = false;

  return {
    /** @throws Fault at once while it is open. */
    enter(): void {
      if (inRow < failures) return;
      if (trial || clock().getTime() < openUntil)
        throw new Fault('open', 'not asked: it failed again and again just now', false);
      trial = true;
    },
    succeeded(): void {
      inRow = 0;
      trial = false;
    },
    failed(): void {
      inRow += 1;
      trial = false;
      openUntil = clock().getTime() + openFor;
    },
    /** Whether the one call that is let through is under way: it is not repeated. */
    get onTrial() {
      return trial;
    },
  };
}
export type Breaker = ReturnType<typeof openBreaker>;
