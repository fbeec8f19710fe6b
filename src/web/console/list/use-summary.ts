import { useCallback, useEffect, useRef, useState } from 'react';
import type { WorkOrderSummary } from '#wire';
import { api } from '../api.ts';

const settleTime = 300;

/** The figures above the list. `refresh` may be called for every event: a storm of orders asks once. */
export function useSummary() {
  const [summary, setSummary] = useState<WorkOrderSummary>();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);

  const refresh = useCallback(() => {
    clearTimeout(waiting.current);
    // Figures that stay old for a moment need no words; the list tells of a failure.
    waiting.current = setTimeout(() => void api.summary().then(setSummary, () => {}), settleTime);
  }, []);

  useEffect(() => () => clearTimeout(waiting.current), []);
  return { summary, refresh };
}
