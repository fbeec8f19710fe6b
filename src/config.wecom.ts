import { z } from 'zod';
import { optional, unset } from './config.variables.ts';

/** A robot in a WeCom group of staff, and what it tells there. */
export interface WecomSettings {
  /** With the robot's key, which is its only secret: never logged. */
  webhook: string;
  tells: readonly WecomNews[];
}

const news = ['urgent', 'overdue', 'new'] as const;
export type WecomNews = (typeof news)[number];

const address =
  /^(https:\/\/qyapi\.weixin\.qq\.com|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)\/cgi-bin\/webhook\/send\?key=[\w-]{8,128}$/;
const list = z.array(z.enum(news)).min(1);
const parts = (value: unknown) =>
  String(value)
    .split(',')
    .flatMap((part) => part.trim() || []);

export const wecomSettings = {
  WECOM_WEBHOOK: optional(
    z
      .string()
      .regex(
        address,
        'WECOM_WEBHOOK must be the address that WeCom shows for the group’s robot: https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
      ),
  ),
  WECOM_ORDERS: z.preprocess(
    unset,
    z
      .string()
      .default(news.join())
      .refine((text) => list.safeParse(parts(text)).success, 'WECOM_ORDERS must be some of urgent,overdue,new'),
  ),
};

export const wecomOf = (set: z.infer<z.ZodObject<typeof wecomSettings>>): WecomSettings | undefined =>
  set.WECOM_WEBHOOK ? { webhook: set.WECOM_WEBHOOK, tells: list.parse(parts(set.WECOM_ORDERS)) } : undefined;
