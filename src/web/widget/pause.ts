/** A pause that an event can cut short: the network is back, the page is looked at again, a message has just been sent. */
export function openPause() {
  let wake = () => {};
  return {
    wake: () => wake(),
    wait: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

/** Doubling, to half a minute; the random part keeps a whole city from returning in the same instant. */
export const backOff = (failures: number) => Math.min(30_000, 500 * 2 ** failures) * (0.6 + 0.4 * Math.random());
