import './promise.css';
import { ClockCircleOutlined } from '@ant-design/icons';
import type { WorkOrder } from '#wire';
import { texts } from '../texts.ts';
import { fullTime, spanText, useNow } from '../time.ts';

const soon = 15 * 60_000;

function stateOf(left: number): string {
  if (left < 0) return 'is-over';
  return left < soon ? 'is-soon' : '';
}

/** Time left until the crew should be there; red when it is over. A finished order has no clock. */
export function PromiseClock({ order }: { order: WorkOrder }) {
  const now = useNow();
  if (!order.arriveBy || order.status === 'closed' || order.status === 'cancelled') return null;
  const left = Date.parse(order.arriveBy) - now;
  const span = spanText(left);
  return (
    <span className={`clock ${stateOf(left)}`} title={`${texts.promise.arriveBy} ${fullTime(order.arriveBy)}`}>
      <ClockCircleOutlined />
      {left < 0 ? texts.promise.over(span) : texts.promise.left(span)}
    </span>
  );
}
