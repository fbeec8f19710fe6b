import { RedoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { DeadLetter, Resent } from '#wire';
import { orderAddress } from '../page/address.ts';
import { agoText, fullTime, useNow } from '../time.ts';
import { topicName, words } from './outbox-texts.ts';

interface Props {
  letters: readonly DeadLetter[];
  busy: readonly string[];
  onResend(ids: string[]): void;
}

/** One row each: what it is, why it was given up and since when, and the way to try again. */
export function Letters({ letters, busy, onResend }: Props) {
  const now = useNow();
  return (
    <ul className="letters">
      {letters.map(({ id, topic, order, attempts, createdAt, deadAt, reason }) => (
        <li key={id} className="letter" data-letter={id}>
          <div className="letter-what">
            <b>{topicName(topic)}</b>
            {order && (
              <a href={orderAddress(order)}>
                {words.order} {order}
              </a>
            )}
          </div>
          <p className="letter-reason" title={words.reason}>
            {reason}
          </p>
          <div className="letter-when">
            <time dateTime={deadAt} title={fullTime(deadAt)}>
              {words.since(agoText(deadAt, now))}
            </time>
            <span title={words.made(fullTime(createdAt))}>{words.attempts(attempts)}</span>
          </div>
          <Button
            icon={<RedoOutlined />}
            loading={busy.includes(id)}
            disabled={busy.length > 0 && !busy.includes(id)}
            onClick={() => onResend([id])}
          >
            {words.resend}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Who sent what again: never changed, never shortened by what happened afterwards. */
export function ResendLog({ log, nameOf }: { log: readonly Resent[]; nameOf(user: string): string }) {
  return (
    <section className="panel" aria-label={words.log}>
      <h2>{words.log}</h2>
      {log.length === 0 && <p className="letters-none">{words.logEmpty}</p>}
      <ul className="resends">
        {log.map(({ id, at, by, topic, reason }) => (
          <li key={id}>
            <time dateTime={at}>{fullTime(at)}</time>
            <span>{nameOf(by)}</span>
            <b>{topicName(topic)}</b>
            <span className="resend-reason">{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
