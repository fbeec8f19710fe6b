import { useCallback, useEffect, useState } from 'react';
import type { WorkOrder, WorkOrderDetail } from '#wire';
import { api, Problem } from '../api.ts';

/** One order with its conversation; read again when the live stream tells of a change. */
export function useOrder(number: string, latest: WorkOrder | undefined) {
  const [detail, setDetail] = useState<WorkOrderDetail>();
  const [fault, setFault] = useState<Problem>();

  const load = useCallback(
    async (signal?: AbortSignal) => {
      try {
        setDetail(await api.order(number, signal));
        setFault(undefined);
      } catch (problem) {
        if (!signal?.aborted) setFault(problem instanceof Problem ? problem : new Problem('other', 0));
      }
    },
    [number],
  );

  useEffect(() => {
    const reading = new AbortController();
    void load(reading.signal);
    return () => reading.abort();
  }, [load]);

  useEffect(() => {
    if (latest?.number === number) void load();
  }, [latest, number, load]);

  return { detail, fault, load };
}
