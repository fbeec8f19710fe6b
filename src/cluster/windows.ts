const sweepMilliseconds = 60_000;

/** Fixed windows, each from its first count on. The clock is monotonic: setting the machine's time lets nobody in or out. */
export function windows(now: () => number = () => performance.now()) {
  const open = new Map<string, { count: number; until: number }>();
  let nextSweep = now() + sweepMilliseconds;

  function sweep(time: number): void {
    if (time < nextSweep) return;
    nextSweep = time + sweepMilliseconds;
    for (const [key, { until }] of open) if (until <= time) open.delete(key);
  }

  return {
    allow(key: string, max: number, windowSeconds: number): boolean {
      const time = now();
      sweep(time);
      let window = open.get(key);
      if (!window || window.until <= time) {
        window = { count: 0, until: time + windowSeconds * 1000 };
        open.set(key, window);
      }
      window.count++;
      return window.count <= max;
    },
  };
}
