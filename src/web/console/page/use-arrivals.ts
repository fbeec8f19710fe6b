import { useCallback, useEffect, useRef, useState } from 'react';

const highlightTime = 6_000;

/** Orders that came just now: shown as new for a moment, and counted in the tab's title while nobody looks. */
export function useArrivals(title: string) {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [unseen, setUnseen] = useState(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  const arrived = useCallback((number: string) => {
    setFresh((before) => new Set(before).add(number));
    if (document.hidden) setUnseen((before) => before + 1);
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      setFresh((before) => new Set([...before].filter((each) => each !== number)));
    }, highlightTime);
    timers.current.add(timer);
  }, []);

  useEffect(() => {
    const seen = () => !document.hidden && setUnseen(0);
    document.addEventListener('visibilitychange', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      for (const timer of timers.current) clearTimeout(timer);
    };
  }, []);

  useEffect(() => {
    document.title = unseen ? `(${unseen}) ${title}` : title;
  }, [unseen, title]);

  return { fresh, arrived };
}
