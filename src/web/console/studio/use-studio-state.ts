import { useCallback, useEffect, useRef, useState } from 'react';
import type { StudioState } from '#wire';
import { studio } from './studio-api.ts';

const often = 1_000;
const seldom = 10_000;

/** How things stand, asked every second while a version is learnt and now and then otherwise: others work here, too. */
export function useStudioState() {
  const [state, setState] = useState<StudioState>();
  const [lost, setLost] = useState(false);
  const asking = useRef<AbortController>(undefined);
  const training = state?.latest?.status === 'training';

  const refresh = useCallback(async () => {
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    try {
      const found = await studio.state(mine.signal);
      if (mine.signal.aborted) return;
      setState(found);
      setLost(false);
    } catch {
      if (!mine.signal.aborted) setLost(true);
    }
  }, []);

  useEffect(() => {
    const timer = setInterval(refresh, training ? often : seldom);
    return () => clearInterval(timer);
  }, [refresh, training]);
  useEffect(() => {
    void refresh();
    return () => asking.current?.abort();
  }, [refresh]);
  return { state, lost, refresh, setState };
}
