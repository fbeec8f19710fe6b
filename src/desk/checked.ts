import { z } from 'zod';
import { badRequest } from '#errors';

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
