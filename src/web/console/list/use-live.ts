import { useEffect, useRef, useState } from 'react';
import type { WorkOrder } from '#wire';
import { api, eventsPath } from '../api.ts';

export type LiveState = 'connecting' | 'live' | 'lost';

interface Listener {
  /** The stream is open, for the first time or again: what happened before is not in it. */
  opened(): void;
  order(event: 'created' | 'changed', order: WorkOrder): void;
}

const retryAfter = 3_000;

/** The desk's live stream. A browser reconnects by itself after a cut, but gives up for good after an error answer. */
export function useLive(listener: Listener): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  const current = useRef(listener);
  current.current = listener;

  useEffect(() => {
    let source: EventSource;
    let stopped = false;
    let retry: ReturnType<typeof setTimeout> | undefined;

    function failed() {
      if (stopped) return;
      setState('lost');
      if (source.readyState !== EventSource.CLOSED) return;
      // Asks who is signed in: if nobody, the console goes to the sign-in page instead of trying for ever.
      retry = setTimeout(() => void api.session().then(connect, failed), retryAfter);
    }
    function connect() {
      if (stopped) return;
      source = new EventSource(eventsPath);
      source.onopen = () => {
        setState('live');
        current.current.opened();
      };
      source.onerror = failed;
      for (const event of ['created', 'changed'] as const)
        source.addEventListener(event, ({ data }) => current.current.order(event, JSON.parse(data)));
    }

    connect();
    return () => {
      stopped = true;
      clearTimeout(retry);
      source.close();
    };
  }, []);
  return state;
}
