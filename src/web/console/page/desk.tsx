import './desk.css';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { WorkOrder } from '#wire';
import { api } from '../api.ts';
import { FilterBar } from '../list/filter-bar.tsx';
import { type Filters, noFilters } from '../list/filters.ts';
import { OrderList } from '../list/order-list.tsx';
import { useLive } from '../list/use-live.ts';
import { useOrders } from '../list/use-orders.ts';
import { useSummary } from '../list/use-summary.ts';
import { texts } from '../texts.ts';
import { closeOrder, useOpenOrder } from './address.ts';
import type { PageProps } from './admin-page.tsx';
import { useChime } from './chime.ts';
import { Header } from './header.tsx';
import { useArrivals } from './use-arrivals.ts';
import { useNames } from './use-names.ts';

const OrderDrawer = lazy(() => import('../order/order-drawer.tsx'));
const OwnPasswordDialog = lazy(() => import('../session/own-password-dialog.tsx'));

export default function Desk({ session, onSignedOut }: PageProps) {
  const [filters, setFilters] = useState<Filters>(noFilters);
  const [changing, setChanging] = useState(false);
  const [latest, setLatest] = useState<WorkOrder>();
  const list = useOrders(filters, session.user);
  const { summary, refresh } = useSummary();
  const { fresh, arrived } = useArrivals(`${texts.desk} · ${texts.product}`);
  const chime = useChime();
  const names = useNames();
  const number = useOpenOrder();

  const take = useCallback(
    (order: WorkOrder) => {
      setLatest(order);
      list.take(order);
      refresh();
    },
    [list.take, refresh],
  );

  const live = useLive({
    opened() {
      void list.load();
      refresh();
    },
    order(event, order) {
      take(order);
      if (event !== 'created') return;
      chime.chime(order.urgent);
      arrived(order.number);
    },
  });

  return (
    <div className="desk">
      <Header
        session={session}
        live={live}
        urgentWaiting={summary?.urgentWaiting ?? 0}
        chimeOn={chime.on}
        onChime={chime.toggle}
        onUrgent={() => setFilters({ ...noFilters, status: 'accepted', urgent: true })}
        onChangePassword={() => setChanging(true)}
        onSignOut={() => void api.signOut().finally(onSignedOut)}
      />
      <main className="board">
        <FilterBar filters={filters} summary={summary} onChange={setFilters} />
        <OrderList {...list} fresh={fresh} names={names} selected={number} onMore={list.more} onRetry={list.load} />
      </main>
      <p className="hidden-text" aria-live="polite">
        {fresh.size > 0 && texts.arrived(fresh.size)}
      </p>
      <Suspense>
        {number && (
          <OrderDrawer
            key={number}
            number={number}
            latest={latest}
            user={session.user}
            names={names}
            onClose={closeOrder}
            onChanged={take}
          />
        )}
        {changing && <OwnPasswordDialog onClose={() => setChanging(false)} />}
      </Suspense>
    </div>
  );
}
