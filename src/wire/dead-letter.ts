import { z } from 'zod';

/** Something that could not be delivered and was given up. Never what it holds: that may be a code, a phone, a customer's words. */
export const DeadLetter = z.object({
  id: z.string(),
  /** What carries it: `backend.order`, `wechat.send` … */
  topic: z.string(),
  /** Number of the work order that it is about, where it is about one. */
  order: z.string().optional(),
  attempts: z.number().int(),
  createdAt: z.string(),
  deadAt: z.string(),
  reason: z.string(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/** `GET /api/dead-letters`, the latest first. `next` goes back as `?cursor=`. */
export const DeadLetterPage = z.object({
  items: z.array(DeadLetter),
  next: z.string().nullable(),
  total: z.number().int(),
});
export type DeadLetterPage = z.infer<typeof DeadLetterPage>;

/** `POST /api/dead-letters/resend`; the answer is `{resent}`, how many of them were still dead. */
export const Resend = z.strictObject({ ids: z.array(z.string().min(1).max(200)).min(1).max(200) });
export type Resend = z.infer<typeof Resend>;

/** `GET /api/dead-letters/resends`: who sent what again, the latest 100 first. */
export const Resent = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string(),
  topic: z.string(),
  /** Why it had been given up. */
  reason: z.string(),
});
export type Resent = z.infer<typeof Resent>;
