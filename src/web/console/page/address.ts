import { useSyncExternalStore } from 'react';

const prefix = '#/order/';

export const orderAddress = (number: string) => prefix + encodeURIComponent(number);

const opened = () => (location.hash.startsWith(prefix) ? decodeURIComponent(location.hash.slice(prefix.length)) : '');

function watch(watcher: () => void): () => void {
  addEventListener('hashchange', watcher);
  return () => removeEventListener('hashchange', watcher);
}

/** The order in the address bar: it survives a reload, and the phone's back button closes it. */
export const useOpenOrder = () => useSyncExternalStore(watch, opened);

export function closeOrder(): void {
  location.hash = '#/';
}
