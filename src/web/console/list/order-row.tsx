import { memo } from 'react';
import type { WorkOrder } from '#wire';
import { PromiseClock } from '../order/promise-clock.tsx';
import { Marks, StatusTag, spaced, titleOf } from '../order/words.tsx';
import { orderAddress } from '../page/address.ts';
import { texts } from '../texts.ts';
import { agoText, fullTime, useNow } from '../time.ts';

interface Props {
  order: WorkOrder;
  selected: boolean;
  fresh: boolean;
  names: Readonly<Record<string, string>>;
}

function Filed({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={fullTime(at)}>
      {agoText(at, now)}
    </time>
  );
}

const classes = ({ order, selected, fresh }: Props) =>
  ['row', order.urgent && 'is-urgent', selected && 'is-selected', fresh && 'is-fresh', `is-${order.status}`]
    .filter(Boolean)
    .join(' ');

export const OrderRow = memo(function OrderRow(props: Props) {
  const { order, selected, fresh, names } = props;
  const holder = order.claimedBy && (names[order.claimedBy] ?? order.claimedBy);
  return (
    <a className={classes(props)} href={orderAddress(order.number)} aria-current={selected} data-number={order.number}>
      <span className="row-head">
        {fresh && <i className="row-new">{texts.list.new}</i>}
        {order.urgent && <i className="row-urgent">{texts.order.urgent}</i>}
        <b className="row-title">{titleOf(order)}</b>
        <Marks order={order} />
      </span>
      <span className="row-address">{order.address ?? texts.list.noAddress}</span>
      <span className="row-contact">
        {order.name && <b>{order.name}</b>}
        {order.phone && <span>{spaced(order.phone)}</span>}
      </span>
      <span className="row-meta">
        <span className="row-number">{order.number}</span>
        <Filed at={order.createdAt} />
        {order.grid && <span className="row-grid">{order.grid}</span>}
      </span>
      <span className="row-clock">
        <PromiseClock order={order} />
      </span>
      <span className="row-status">
        <StatusTag order={order} />
        {holder && <span className="row-holder">{holder}</span>}
      </span>
    </a>
  );
});
