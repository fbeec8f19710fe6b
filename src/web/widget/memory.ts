import type { Place } from './activity.ts';

/** Where the conversation is and what opens it; times in milliseconds of this browser's clock. */
export interface Session {
  conversationId: string;
  token: string;
  renewAt: number;
  endsAt: number;
}

/** A message that the server has not echoed yet. Its id is what makes sending it again harmless. */
export interface Outgoing {
  id: string;
  at: number;
  text: string;
  value?: unknown;
  place?: Place;
  /** Name of the picture whose bytes are in the picture store. */
  picture?: string;
  /** The server refused it: it waits for the customer, not for the network. */
  rejected?: boolean;
}

export type Memory = ReturnType<typeof openMemory>;

/** Pages where storage is forbidden (private mode, blocked cookies) still work until they are left. */
function storageOrMap(pick: () => Storage): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { keys(): string[] } {
  const map = new Map<string, string>();
  const attempt = <T>(work: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return work(pick());
    } catch {
      return otherwise();
    }
  };
  return {
    keys: () => [
      ...new Set([
        ...attempt(
          (storage) => Object.keys(storage),
          () => [],
        ),
        ...map.keys(),
      ]),
    ],
    getItem: (key) =>
      map.get(key) ??
      attempt(
        (storage) => storage.getItem(key),
        () => null,
      ),
    setItem: (key, value) =>
      attempt(
        (storage) => storage.setItem(key, value),
        () => void map.set(key, value),
      ),
    removeItem(key) {
      map.delete(key);
      attempt(
        (storage) => storage.removeItem(key),
        () => undefined,
      );
    },
  };
}

function parse<T>(text: string | null): T | undefined {
  try {
    return text ? (JSON.parse(text) as T) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What outlives a reload and is shared by the customer's tabs. One key per outgoing message, so that two tabs
 * writing at once never overwrite each other's.
 */
export function openMemory(base: string) {
  const prefix = `gridtalk:${base}:`;
  const shared = storageOrMap(() => localStorage);
  const own = storageOrMap(() => sessionStorage);
  const outgoing = `${prefix}out:`;
  const sessionKey = `${prefix}session`;
  return {
    sessionKey,
    session: () => parse<Session>(shared.getItem(sessionKey)),
    keepSession: (session: Session) => shared.setItem(sessionKey, JSON.stringify(session)),
    forgetSession: () => shared.removeItem(sessionKey),
    outbox: (): Outgoing[] =>
      shared
        .keys()
        .filter((key) => key.startsWith(outgoing))
        .map((key) => parse<Outgoing>(shared.getItem(key)))
        .filter((item) => item !== undefined)
        .sort((one, other) => one.at - other.at),
    keep: (item: Outgoing) => shared.setItem(outgoing + item.id, JSON.stringify(item)),
    drop: (id: string) => shared.removeItem(outgoing + id),
    /** Key of the newest line the customer has had before their eyes. */
    seen: () => shared.getItem(`${prefix}seen`) ?? '',
    keepSeen: (key: string) => shared.setItem(`${prefix}seen`, key),
    wasOpen: () => own.getItem(`${prefix}open`) === '1',
    keepOpen: (open: boolean) => own.setItem(`${prefix}open`, open ? '1' : '0'),
  };
}
