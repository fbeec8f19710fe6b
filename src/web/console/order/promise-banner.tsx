import type { WorkOrder } from '#wire';
import { texts } from '../texts.ts';
import { dayText, shortTime, useNow } from '../time.ts';
import { PromiseClock } from './promise-clock.tsx';

/** First thing on an open order: how long there is, and who has it. */
export function PromiseBanner({ order, names }: { order: WorkOrder; names: Readonly<Record<string, string>> }) {
  const now = useNow();
  const holder = order.claimedBy && (names[order.claimedBy] ?? order.claimedBy);
  const open = order.status === 'accepted' || order.status === 'claimed';
  return (
    <div className={`banner${order.urgent && open ? ' is-urgent' : ''}`}>
      {order.arriveBy && open && (
        <p className="banner-promise">
          <span title={texts.promise.usually}>{texts.promise.arriveBy}</span>
          <b>{shortTime(order.arriveBy, now)}</b>
          <PromiseClock order={order} />
        </p>
      )}
      {order.answerBy && open && (
        <p className="banner-promise">
          <span>{texts.promise.answerBy}</span>
          <b>{dayText(order.answerBy)}</b>
        </p>
      )}
      <p className="banner-holder">
        <span>{texts.fields.claimedBy}</span>
        <b>{holder ?? texts.actions.waiting}</b>
      </p>
    </div>
  );
}
