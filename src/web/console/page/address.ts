import { useSyncExternalStore } from 'react';

export const deskAddress = '#/';
export const studioAddress = '#/studio';
export const outboxAddress = '#/outbox';
export const noticesAddress = '#/notices';
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
  location.hash = deskAddress;
}

/** What follows the # of the address: pages and what is open on them. */
export const useAddress = () => useSyncExternalStore(watch, () => location.hash);

const pages = [studioAddress, noticesAddress, outboxAddress];

/** Which of the console's pages the address names; the desk where it names none. */
export function usePage(): string {
  const address = useAddress();
  return pages.find((page) => address.startsWith(page)) ?? deskAddress;
}
