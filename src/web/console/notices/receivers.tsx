import { Alert, Button, Select } from 'antd';
import { useCallback, useState } from 'react';
import { type NoticeReceiver, type ReceiverStatus, receiverStatuses } from '#wire';
import { fullTime } from '../time.ts';
import { words } from './notice-texts.ts';
import { notices } from './notices-api.ts';
import { useAsked } from './use-asked.ts';

const options = [
  { value: '' as const, label: words.all },
  ...receiverStatuses.map((value) => ({ value, label: words.receivers[value] })),
];
const often = 30_000;

/** Who got it, when, by which way, and what became of it. */
export function Receivers({ id, counts }: { id: string; counts: string }) {
  const [status, setStatus] = useState<ReceiverStatus | ''>('');
  const [pages, setPages] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other counts, other rows
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const items: NoticeReceiver[] = [];
      let next: string | null = '';
      for (let count = 0; count < pages && next !== null; count += 1) {
        const page = await notices.receivers(id, status || undefined, next || undefined, signal);
        items.push(...page.items);
        next = page.next;
      }
      return { items, next };
    },
    [id, status, pages, counts],
  );
  const { found, fault } = useAsked(ask, often);
  return (
    <>
      <Select<ReceiverStatus | ''>
        className="receivers-filter"
        aria-label={words.receiversTitle}
        value={status}
        options={options}
        onChange={(next) => {
          setPages(1);
          setStatus(next);
        }}
      />
      {fault !== undefined && <Alert type="warning" showIcon title={words.lost} />}
      {found?.items.length === 0 && <p className="soft">{words.noReceivers}</p>}
      <ul className="receivers">
        {found?.items.map((receiver, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: masked customers may look alike, and rows only grow
          <Row key={`${at} ${receiver.customer}`} receiver={receiver} />
        ))}
      </ul>
      {found?.next && <Button onClick={() => setPages(pages + 1)}>{words.more}</Button>}
    </>
  );
}

function Row({ receiver }: { receiver: NoticeReceiver }) {
  const { customer, accounts, channel, way, status, at, reason, text } = receiver;
  return (
    <li>
      <details>
        <summary>
          <span className="receiver-who">
            {customer} <span className="soft">{accounts.join('、')}</span>
          </span>
          <span>{words.ways[way] ?? words.channels[channel] ?? channel}</span>
          <time dateTime={at}>{at && fullTime(at)}</time>
          <span className={`tag receiver-status is-${status}`} title={words.receiverHints[status]}>
            {words.receivers[status]}
          </span>
        </summary>
        {reason && <p className="soft">{reason}</p>}
        {text && <p className="receiver-text">{text}</p>}
      </details>
    </li>
  );
}
