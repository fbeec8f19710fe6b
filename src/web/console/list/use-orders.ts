import { useCallback, useEffect, useRef, useState } from 'react';
import type { WorkOrder } from '#wire';
import { api, wordsOf } from '../api.ts';
import { type Filters, fits, toQuery } from './filters.ts';
import { append, type Orders, put } from './orders.ts';

/** The list under these filters, kept true by `take`, which is given every order of the live stream. */
export function useOrders(filters: Filters, user: string) {
  const [orders, setOrders] = useState<Orders>();
  const [fault, setFault] = useState<string>();
  const [loadingMore, setLoadingMore] = useState(false);
  const running = useRef<AbortController>(undefined);
  /** What came live while the list was being read: newer than what the answer will hold. */
  const meanwhile = useRef<WorkOrder[]>([]);

  const wanted = useCallback((order: WorkOrder) => fits(order, filters, user), [filters, user]);

  const load = useCallback(async () => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    meanwhile.current = [];
    try {
      const page = await api.orders(toQuery(filters), mine.signal);
      if (mine.signal.aborted) return;
      setOrders(meanwhile.current.reduce((list, order) => put(list, order, wanted(order)), page as Orders));
      setFault(undefined);
    } catch (problem) {
      if (!mine.signal.aborted) setFault(wordsOf(problem));
    }
  }, [filters, wanted]);

  useEffect(() => {
    void load();
    return () => running.current?.abort();
  }, [load]);

  const take = useCallback(
    (order: WorkOrder) => {
      meanwhile.current.push(order);
      setOrders((list) => list && put(list, order, wanted(order)));
    },
    [wanted],
  );

  async function more() {
    if (!orders?.next) return;
    const during = running.current;
    setLoadingMore(true);
    try {
      const page = await api.orders(toQuery(filters, orders.next));
      if (during === running.current) setOrders((list) => list && append(list, page));
    } catch (problem) {
      setFault(wordsOf(problem));
    } finally {
      setLoadingMore(false);
    }
  }

  return { orders, fault, load, take, more, loadingMore, wanted };
}
