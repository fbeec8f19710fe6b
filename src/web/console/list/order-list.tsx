import './list.css';
import { Alert, Button, Empty, Skeleton } from 'antd';
import { texts } from '../texts.ts';
import { OrderRow } from './order-row.tsx';
import type { Orders } from './orders.ts';

interface Props {
  orders?: Orders;
  fault?: string;
  fresh: ReadonlySet<string>;
  names: Readonly<Record<string, string>>;
  selected?: string;
  loadingMore: boolean;
  onMore(): void;
  onRetry(): void;
}

const words = texts.list;

function Fault({ fault, onRetry }: { fault: string; onRetry(): void }) {
  const again = (
    <Button size="small" onClick={onRetry}>
      {texts.retry}
    </Button>
  );
  return <Alert className="list-fault" type="error" showIcon title={words.failed} description={fault} action={again} />;
}

const Nothing = () => (
  <Empty
    className="list-empty"
    image={Empty.PRESENTED_IMAGE_SIMPLE}
    description={
      <>
        <b>{words.empty}</b>
        <span>{words.emptyHint}</span>
      </>
    }
  />
);

export function OrderList({ orders, fault, fresh, names, selected, loadingMore, onMore, onRetry }: Props) {
  if (!orders && !fault) return <Skeleton active className="list-loading" paragraph={{ rows: 8 }} />;
  return (
    <section className="list" aria-label={texts.desk}>
      {fault && <Fault fault={fault} onRetry={onRetry} />}
      {orders?.items.length === 0 && <Nothing />}
      {orders?.items.map((order) => (
        <OrderRow
          key={order.number}
          order={order}
          names={names}
          fresh={fresh.has(order.number)}
          selected={order.number === selected}
        />
      ))}
      {orders?.next && (
        <Button type="text" block className="list-more" onClick={onMore} loading={loadingMore}>
          {words.more}
        </Button>
      )}
    </section>
  );
}
