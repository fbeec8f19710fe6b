import { z } from 'zod';

/**
 * Every fault that a caller may meet, in one form: a stable `code` to match on, the HTTP `status` it becomes, a `message`
 * with the facts, and a `mend`: what the reader can do about it. Customers never see any of it; they get words from locales/.
 */
export class GridTalkError extends Error {
  readonly code: string;
  readonly status: number;
  readonly mend: string;

  constructor(code: string, status: number, message: string, mend: string) {
    super(message);
    this.name = 'GridTalkError';
    this.code = code;
    this.status = status;
    this.mend = mend;
  }
}

/** The request itself is wrong: nothing was changed. */
export const badRequest = (message: string, mend: string, code = 'BadRequest') =>
  new GridTalkError(code, 400, message, mend);
/** Nobody is signed in, or the token is absent. */
export const unauthorized = (message: string, mend: string, code = 'Unauthorized') =>
  new GridTalkError(code, 401, message, mend);
/** Known, but not allowed. */
export const forbidden = (message: string, mend: string, code = 'Forbidden') =>
  new GridTalkError(code, 403, message, mend);
export const notFound = (message: string, mend: string, code = 'NotFound') =>
  new GridTalkError(code, 404, message, mend);
/** Someone else was faster, or the thing is not in a state that allows this. */
export const conflict = (message: string, mend: string, code = 'Conflict') =>
  new GridTalkError(code, 409, message, mend);
export const tooLarge = (message: string, mend: string) => new GridTalkError('TooLarge', 413, message, mend);
export const unsupported = (message: string, mend: string) => new GridTalkError('Unsupported', 415, message, mend);
export const tooMany = (message: string, mend: string) => new GridTalkError('TooMany', 429, message, mend);

/** A system of the utility that did not answer, or answered what can't be true. `area`: what of the port is not to be had. */
export class BackendUnavailable extends GridTalkError {
  readonly area: string;

  constructor(area: string, message: string, mend: string) {
    super('BackendUnavailable', 503, message, mend);
    this.area = area;
  }
}

/** What the operator set is wrong: the start stops and lists every fault at once. */
export class SettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`GridTalk can't start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

/** The only way from a request to a value. NUL is refused here because no database keeps it. */
export function checked<T extends z.ZodType>(shape: T, value: unknown): z.infer<T> {
  const parsed = shape.safeParse(value);
  if (!parsed.success)
    throw badRequest(
      `The request does not fit: ${z.prettifyError(parsed.error)}`,
      'Correct what is named and send it again.',
    );
  if (hasNul(parsed.data)) throw badRequest('The request contains a NUL character.', 'Leave it out and send it again.');
  return parsed.data;
}

function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNul);
}
