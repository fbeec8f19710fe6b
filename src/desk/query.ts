import { z } from 'zod';
import { checked } from '#errors';
import { OrderStatus, OrderType, WorkOrderQuery } from '#wire';

const several = <T extends z.ZodType<string>>(shape: T) =>
  z
    .string()
    .refine((text) => text.split(',').every((part) => shape.safeParse(part).success), {
      error: (issue) => `${JSON.stringify(issue.input)} is not one of these, or several with commas between`,
    })
    .optional();

/** Strict: a filter that is misspelt must not silently show everything. */
const Query = z.strictObject({
  ...WorkOrderQuery.shape,
  status: several(OrderStatus),
  type: several(OrderType),
});

/** `status` and `type` take one value or several, `accepted,claimed`. Empty parameters count as absent. */
export function readQuery(parameters: URLSearchParams): WorkOrderQuery {
  return checked(Query, Object.fromEntries([...parameters].filter(([, value]) => value !== '')));
}
