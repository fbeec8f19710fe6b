import { z } from 'zod';

export const noticeTopics = ['price', 'outage', 'bill', 'progress'] as const;
export const NoticeTopic = z.enum(noticeTopics);
export type NoticeTopic = z.infer<typeof NoticeTopic>;

/** Classes of customers, as accounts of the utility have them. */
export const customerKinds = ['residential', 'shared', 'ev_home', 'agricultural', 'commercial'] as const;
export const CustomerKind = z.enum(customerKinds);
export type CustomerKind = z.infer<typeof CustomerKind>;

/** draft 草稿 → awaiting 待审批 → sending 发送中 → done 已完成; paused 已暂停, cancelled 已取消. */
export const noticeStatuses = ['draft', 'awaiting', 'sending', 'paused', 'done', 'cancelled'] as const;
export const NoticeStatus = z.enum(noticeStatuses);
export type NoticeStatus = z.infer<typeof NoticeStatus>;

/** waiting 待发 → queued 发送中 → held 待来访 → sent 已发出 → delivered 已送达; failed, blocked 被拒收, skipped 已关闭此类通知. */
export const receiverStatuses = [
  'waiting',
  'queued',
  'held',
  'sent',
  'delivered',
  'failed',
  'blocked',
  'skipped',
] as const;
export const ReceiverStatus = z.enum(receiverStatuses);
export type ReceiverStatus = z.infer<typeof ReceiverStatus>;

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\r\n]*$/, 'one line');
const Day = z.iso.date();
/** Whom it concerns; an empty list is everybody. */
const Scope = {
  regions: z.array(line(40)).max(40).default([]),
  kinds: z.array(CustomerKind).default([]),
};

/** A change of prices, as its document says it. `books`: what was and what comes, for each class and region whose effect is told. */
export const PriceNotice = z.strictObject({
  kind: z.literal('price'),
  title: line(60),
  document: line(80),
  issuedBy: line(80),
  effectiveFrom: Day,
  /** From which meter reading it counts, in the document's words: «2027年1月1日起抄见电量». */
  counts: line(80),
  summary: z.string().trim().max(240).default(''),
  ...Scope,
  books: z.array(z.strictObject({ old: line(120), new: line(120) })).max(40),
});
export type PriceNotice = z.infer<typeof PriceNotice>;

/** Anything else that is to be said to many in the same words. `legal: false` reaches only those who want to hear of the topic. */
export const TextNotice = z.strictObject({
  kind: z.literal('text'),
  topic: NoticeTopic,
  title: line(60),
  body: z.string().trim().min(1).max(500),
  legal: z.boolean(),
  ...Scope,
});
export type TextNotice = z.infer<typeof TextNotice>;

/** `POST /api/notices`, `PUT /api/notices/:id` (with the version that its author saw). */
export const NewNotice = z.discriminatedUnion('kind', [PriceNotice, TextNotice]);
export type NewNotice = z.infer<typeof NewNotice>;
export const ChangeNotice = z.strictObject({ version: z.int().min(1), content: NewNotice });

/** `POST /api/notices/:id/<action>` */
export const noticeActions = ['submit', 'return', 'approve', 'pause', 'resume', 'cancel'] as const;
export const NoticeAction = z.enum(noticeActions);
export type NoticeAction = z.infer<typeof NoticeAction>;
export const ActOnNotice = z.strictObject({ version: z.int().min(1), note: z.string().trim().max(200).default('') });
export type ActOnNotice = z.infer<typeof ActOnNotice>;

const count = z.number().int().min(0);

export const Notice = z.object({
  id: z.string(),
  topic: NoticeTopic,
  kind: z.string(),
  title: z.string(),
  legal: z.boolean(),
  status: NoticeStatus,
  author: z.string(),
  approver: z.string().optional(),
  version: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
  finishedAt: z.string().optional(),
  /** Whether all receivers are counted; until then their number still grows. */
  counted: z.boolean(),
  receivers: count,
  /** Receivers by how far it is with them; those of none are left out. */
  by: z.partialRecord(ReceiverStatus, count),
  /** Sent or delivered, by way. */
  ways: z.record(z.string(), count),
  /** Quiet hours: it goes on at this time. */
  quietUntil: z.string().optional(),
});
export type Notice = z.infer<typeof Notice>;

export const NoticeEvent = z.object({
  at: z.string(),
  actor: z.string(),
  kind: z.string(),
  note: z.string().optional(),
});
export type NoticeEvent = z.infer<typeof NoticeEvent>;

/** `GET /api/notices/:id`. `content` is there for what an administrator wrote. `may`: what the caller can do with it now. */
export const NoticeDetail = z.object({
  notice: Notice,
  content: NewNotice.optional(),
  events: z.array(NoticeEvent),
  may: z.array(z.enum([...noticeActions, 'edit'])),
});
export type NoticeDetail = z.infer<typeof NoticeDetail>;

/** `GET /api/notices?automatic=&cursor=`: newest first. */
export const NoticeQuery = z.strictObject({
  automatic: z.enum(['true', 'false']).default('false'),
  cursor: z.string().max(64).optional(),
});
export const NoticePage = z.object({ items: z.array(Notice), next: z.string().nullable() });
export type NoticePage = z.infer<typeof NoticePage>;

/** `GET /api/notices/:id/preview`: what some of the receivers would read, account numbers masked. */
export const NoticePreview = z.object({
  samples: z.array(z.object({ channel: z.string(), accounts: z.array(z.string()), text: z.string() })),
});
export type NoticePreview = z.infer<typeof NoticePreview>;

/** `GET /api/notices/:id/receivers?status=&cursor=` */
export const ReceiverQuery = z.strictObject({
  status: ReceiverStatus.optional(),
  cursor: z.string().max(200).optional(),
});
export const NoticeReceiver = z.object({
  customer: z.string(),
  accounts: z.array(z.string()),
  channel: z.string(),
  way: z.string(),
  status: ReceiverStatus,
  at: z.string().optional(),
  reason: z.string().optional(),
  text: z.string().optional(),
});
export type NoticeReceiver = z.infer<typeof NoticeReceiver>;
export const ReceiverPage = z.object({ items: z.array(NoticeReceiver), next: z.string().nullable() });
export type ReceiverPage = z.infer<typeof ReceiverPage>;

/** `GET /api/notices/choices`: price books and announced changes, for the form. */
export const NoticeChoices = z.object({
  books: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      region: z.string(),
      kind: CustomerKind,
      document: z.string(),
      effectiveFrom: z.string(),
    }),
  ),
  changes: z.array(
    z.object({
      id: z.string(),
      document: z.string(),
      issuedBy: z.string(),
      effectiveFrom: z.string(),
      counts: z.string(),
      region: z.string(),
      kinds: z.array(CustomerKind),
      oldBook: z.string(),
      newBook: z.string(),
      summary: z.string(),
    }),
  ),
});
export type NoticeChoices = z.infer<typeof NoticeChoices>;
