import type { Generated } from 'kysely';

/**
 * One schema for SQLite and PostgreSQL. Times are milliseconds since 1970 (bigint), flags are 0/1, JSON is text: the two
 * databases then hold the same values byte for byte. Column names are snake_case; presenters turn them into the wire's.
 */
export interface Schema {
  conversation: ConversationTable;
  activity: ActivityTable;
  work_order: WorkOrderTable;
  work_order_event: WorkOrderEventTable;
  handoff: HandoffTable;
  subscription: SubscriptionTable;
  upload: UploadTable;
  outbox: OutboxTable;
  staff: StaffTable;
  session: SessionTable;
  setting: SettingTable;
  counter: CounterTable;
  studio_change: StudioChangeTable;
  studio_version: StudioVersionTable;
  studio_model: StudioModelTable;
  binding: BindingTable;
  proof: ProofTable;
  look_up: LookUpTable;
  sealed_contact: SealedContactTable;
  inbox: InboxTable;
  wechat_contact: WechatContactTable;
  bot_reference: BotReferenceTable;
  resend: ResendTable;
  notice: NoticeTable;
  notice_receiver: NoticeReceiverTable;
  notice_receipt: NoticeReceiptTable;
  notice_event: NoticeEventTable;
  notice_opt_out: NoticeOptOutTable;
  outage_stage: OutageStageTable;
}

/** A conversation and its state; `version` makes the loser of two racing turns fail and run again. */
export interface ConversationTable {
  id: string;
  channel: string;
  customer_id: string;
  version: number;
  /** seq of the newest activity: the Direct Line watermark. */
  last_seq: number;
  /** JSON of the bot's state (bot/state.ts). */
  state: string;
  created_at: number;
  updated_at: number;
}

/** Everything said, in order: (conversation_id, seq) is the key, (conversation_id, dedupe_key) unique. */
export interface ActivityTable {
  conversation_id: string;
  seq: number;
  id: string;
  role: 'customer' | 'bot' | 'staff';
  /** The channel's key of an incoming message: one that was seen is never a second turn. */
  dedupe_key: string | null;
  /** JSON of the Bot Framework activity. */
  body: string;
  created_at: number;
}

export interface WorkOrderTable {
  number: string;
  type: string;
  intent: string;
  status: string;
  urgent: number;
  anonymous: number;
  fault_kind: string | null;
  address: string | null;
  phone: string | null;
  name: string | null;
  account_number: string | null;
  started_at: string | null;
  started_grain: string | null;
  capacity: string | null;
  household: number | null;
  grid: string | null;
  area: string | null;
  /** JSON: what the customer added, photos, marks such as «no phone given», the promise. */
  details: string;
  conversation_id: string;
  channel: string;
  /** Identity of the fault while the order is open (unique); null once closed: no second order for the same fault. */
  open_key: string | null;
  claimed_by: string | null;
  version: number;
  created_at: number;
  updated_at: number;
}

/** Append-only: who did what when; clocks and figures are computed from here. */
export interface WorkOrderEventTable {
  id: string;
  number: string;
  at: number;
  actor: string;
  kind: string;
  data: string;
}

export interface HandoffTable {
  id: string;
  conversation_id: string;
  reason: string;
  summary: string;
  status: string;
  created_at: number;
}

export interface SubscriptionTable {
  id: string;
  conversation_id: string;
  customer_id: string;
  topic: string;
  /** Account number, or '' for notices that belong to no account. */
  account_number: string;
  /** JSON of the place, where an outage is watched that no account stands for; else ''. */
  place: Generated<string>;
  created_at: number;
}

/** Customers' photos, in the database so that they commit with their turn and every replica sees them. */
export interface UploadTable {
  id: string;
  conversation_id: string;
  name: string;
  content_type: string;
  size: number;
  bytes: Uint8Array;
  created_at: number;
}

/** What must leave the process after the commit (delivery/): in order within `ordering_key`, retried until `done_at`. */
export interface OutboxTable {
  id: string;
  topic: string;
  ordering_key: string;
  payload: string;
  attempts: number;
  due_at: number;
  created_at: number;
  done_at: number | null;
  dead_at: number | null;
  last_error: string | null;
}

export interface StaffTable {
  name: string;
  display_name: string;
  /** scrypt: `scrypt$N$r$p$salt$hash`, base64. */
  password: string;
  /** JSON array of roles. */
  roles: string;
  must_change: number;
  failures: number;
  locked_until: number;
  created_at: number;
}

export interface SessionTable {
  /** SHA-256 of the cookie: a stolen database opens no session. */
  id_hash: string;
  staff_name: string;
  csrf: string;
  expires_at: number;
  created_at: number;
}

/** Secrets and settings that the first start makes, e.g. the Direct Line signing key. */
export interface SettingTable {
  name: string;
  value: string;
}

export interface CounterTable {
  name: string;
  value: number;
}

/** Append-only: what admins changed in the intents, on top of the shipped files, and which version was published when. */
export interface StudioChangeTable {
  /** Without gaps, from 1. */
  seq: number;
  at: number;
  author: string;
  kind: string;
  /** The intent that it is about; '' where it is about none. */
  intent: string;
  /** JSON by kind (studio/changes.ts). */
  data: string;
}

/** What was learnt from the changes up to `seq`. */
export interface StudioVersionTable {
  number: number;
  status: 'training' | 'trained' | 'failed';
  author: string;
  seq: number;
  /** Of the classifier that learnt it: another one can't use the model. */
  engine: string;
  stage: string;
  /** Per cent done. */
  share: number;
  /** JSON: names and answers that go with the model. */
  intents: string;
  /** JSON: held-out accuracy before and after. */
  report: string | null;
  failure: string | null;
  created_at: number;
  /** While it learns: the last sign of life. */
  updated_at: number;
}

/** Apart from the versions, so that a list of them reads no models; older ones are thrown away. */
export interface StudioModelTable {
  number: number;
  bytes: Uint8Array;
}

/** Which customer (a WeChat openid, a web visitor) has proved to own which account. */
export interface BindingTable {
  customer_id: string;
  account_number: string;
  created_at: number;
}

/** A one-time code that was asked for, also for numbers that do not exist: a stranger must not see the difference. */
export interface ProofTable {
  id: string;
  customer_id: string;
  account_number: string;
  code_hash: string;
  /** 1 if account and phone belong together; otherwise no code is right. */
  matched: number;
  wrong: number;
  used: number;
  created_at: number;
}

/** Append-only: who looked up what of which account. */
export interface LookUpTable {
  id: string;
  at: number;
  customer_id: string;
  conversation_id: string;
  account_number: string;
  what: string;
}

/** Who reported a theft, apart from the order that the crew gets. */
export interface SealedContactTable {
  number: string;
  phone: string | null;
  name: string | null;
}

/**
 * Messages that were acknowledged to their channel before their turn was done: whatever happens, the turn is run and its answer
 * leaves by the outbox. Kept for a while after, so that a late re-delivery is known.
 */
export interface InboxTable {
  /** The channel's key of this very message, with the customer's. */
  id: string;
  channel: string;
  conversation_id: string;
  /** JSON of what came in. */
  payload: string;
  attempts: number;
  /** Until then a replica has it in hand, or it waits for another try. */
  due_at: number;
  created_at: number;
  done_at: number | null;
  dead_at: number | null;
  last_error: string | null;
}

/** How many messages WeChat still lets us send to a follower. A row is there only once something was sent or happened. */
export interface WechatContactTable {
  openid: string;
  /** 1: has unsubscribed, or can't be reached. */
  gone: number;
  /** The customer's message that `message_used` counts from. */
  message_at: number;
  message_used: number;
  /** The same for a tap on the menu, a scan or a subscription. */
  event_at: number;
  event_used: number;
}

/** How a customer of the Bot Framework is reached: as the channel told it with their latest message. */
export interface BotReferenceTable {
  conversation_id: string;
  /** JSON of the conversation reference. */
  reference: string;
  updated_at: number;
}

/** Append-only: who sent which dead letter again. */
export interface ResendTable {
  id: string;
  at: number;
  staff_name: string;
  parcel_id: string;
  topic: string;
  /** Why it had been given up. */
  reason: string;
}

/** Something that many, or one, are to be told: an announcement by an administrator, or what an outage or an order brings about. */
export interface NoticeTable {
  id: string;
  topic: string;
  /** What `content` is, and how it is worded: price, text, outage.announced …, progress.claimed … */
  kind: string;
  title: string;
  /** JSON by kind (wire/notice.ts). */
  content: string;
  /** 1: the law wants it told; it can't be switched off. */
  legal: number;
  status: string;
  author: string;
  approver: string | null;
  version: number;
  /** Receivers are counted page by page; up to this customer they are. */
  gather_after: string;
  /** When all of them were counted. */
  gathered_at: number | null;
  created_at: number;
  updated_at: number;
  finished_at: number | null;
}

/** One row a notice and customer: nobody is told twice, whatever is killed meanwhile. */
export interface NoticeReceiverTable {
  notice: string;
  customer_id: string;
  conversation_id: string;
  channel: string;
  /** JSON: proved accounts that it concerns. */
  accounts: string;
  /** waiting → queued → (held →) sent → delivered; or failed, blocked, skipped. */
  status: string;
  /** By which way it goes or went: service, template, subscribe, visit, widget; '' before that is known. */
  way: string;
  /** What they were told, word for word. */
  body: string | null;
  /** WeChat's number of a template message, by which its receipt is known. */
  message_id: string | null;
  reason: string | null;
  queued_at: number | null;
  sent_at: number | null;
  /** When the receipt came. */
  done_at: number | null;
}

export interface NoticeReceiptTable {
  message_id: string;
  outcome: string;
  at: number;
}

/** Append-only: who did what with a notice. */
export interface NoticeEventTable {
  id: string;
  notice: string;
  at: number;
  actor: string;
  kind: string;
  data: string;
}

/** Who does not want to hear of a topic, save for what the law wants told. */
export interface NoticeOptOutTable {
  customer_id: string;
  topic: string;
  created_at: number;
}

/** The last stage of an outage that was seen, and the notice that it brought about ('' for none). */
export interface OutageStageTable {
  outage_id: string;
  stage: string;
  ends_at: string;
  at: number;
  notice: string;
}
