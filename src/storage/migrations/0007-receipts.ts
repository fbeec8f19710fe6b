import type { Migration } from '../types.ts';

const statements = () => [
  // Whose receipt is awaited: few, and asked for often while a notice goes out.
  `create index notice_receiver_sent on notice_receiver (notice, sent_at) where status = 'sent'`,
];

export const receipts: Migration = { name: '0007-receipts', statements };
