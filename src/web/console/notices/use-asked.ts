import { useCallback, useEffect, useRef, useState } from 'react';

/** What the server answers, asked again every `often` milliseconds, and at once by `again`. The last good answer stays while it fails. */
export function useAsked<T>(ask: (signal: AbortSignal) => Promise<T>, often: number) {
  const [found, setFound] = useState<T>();
  const [fault, setFault] = useState<unknown>();
  const asking = useRef<AbortController>(undefined);

  const again = useCallback(async () => {
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    try {
      const answer = await ask(mine.signal);
      if (mine.signal.aborted) return;
      setFound(answer);
      setFault(undefined);
    } catch (problem) {
      if (!mine.signal.aborted) setFault(problem);
    }
  }, [ask]);

  useEffect(() => {
    void again();
    return () => asking.current?.abort();
  }, [again]);
  useEffect(() => {
    const timer = setInterval(again, often);
    return () => clearInterval(timer);
  }, [again, often]);
  return { found, fault, again, setFound };
}
