import { maskDigits } from '#conversation';
import type { Storage } from '#storage';
import type { NoticePreview } from '#wire';
import { compose } from './compose.ts';
import { type DispatchParts, textsOf } from './dispatch.ts';
import type { Notice } from './notice.ts';
import type { Receiver } from './receivers.ts';

const looked = 20;
const shown = 4;

/** Some with an account, and one without, where there are such. */
async function someOf({ db }: Storage, notice: string): Promise<Receiver[]> {
  const all = db.selectFrom('notice_receiver').selectAll().where('notice', '=', notice).orderBy('customer_id');
  const [owners, others] = await Promise.all([
    all.where('accounts', '!=', '[]').limit(looked).execute(),
    all.where('accounts', '=', '[]').limit(1).execute(),
  ]);
  return [...owners, ...others];
}

/** What some of the receivers would read now, as unlike each other as can be found quickly. @throws BackendUnavailable */
export async function previewOf(parts: DispatchParts, notice: Notice): Promise<NoticePreview> {
  const rows = await someOf(parts.storage, notice.id);
  const speech = await textsOf(parts, rows);
  const now = parts.clock();
  const samples = await Promise.all(
    rows.map(async (row) => {
      const accounts: string[] = JSON.parse(row.accounts);
      const tools = { backend: parts.backend, texts: speech(row.conversation_id), now };
      const { text, facts } = await compose(tools, notice, accounts);
      return {
        channel: row.channel,
        accounts: accounts.map(maskDigits),
        text,
        alike: String(facts.effect).replace(/\d+/, ''),
      };
    }),
  );
  const [different, alike] = [new Map<string, (typeof samples)[number]>(), [] as typeof samples];
  for (const sample of samples) {
    const key = `${sample.alike} ${sample.accounts.length > 0}`;
    if (different.has(key)) alike.push(sample);
    else different.set(key, sample);
  }
  const chosen = [...different.values(), ...alike].slice(0, shown);
  return { samples: chosen.map(({ alike: _, ...sample }) => sample) };
}
