import { z } from 'zod';

/** A variable that is set to nothing counts as one that is not set: that is how compose files leave one out. */
export const unset = (value: unknown) => (value === '' ? undefined : value);

export const optional = <T extends z.ZodType>(shape: T) => z.preprocess(unset, shape.optional());
