/**
 * Bytes of pictures on their way, so that a reload does not lose them. IndexedDB because localStorage holds no
 * megabytes; where it is forbidden the pictures live as long as the page.
 */
export interface PictureStore {
  keep(id: string, blob: Blob): Promise<void>;
  find(id: string): Promise<Blob | undefined>;
  drop(id: string): void;
}

const table = 'pictures';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('gridtalk', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export function openPictureStore(): PictureStore {
  const here = new Map<string, Blob>();
  let opening: Promise<IDBDatabase> | undefined;

  async function run<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | undefined> {
    try {
      opening ??= open();
      const request = work((await opening).transaction(table, mode).objectStore(table));
      return await new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    } catch {
      return undefined;
    }
  }

  return {
    async keep(id, blob) {
      here.set(id, blob);
      await run('readwrite', (store) => store.put(blob, id));
    },
    find: async (id) => here.get(id) ?? (await run<Blob>('readonly', (store) => store.get(id))),
    drop(id) {
      here.delete(id);
      void run('readwrite', (store) => store.delete(id));
    },
  };
}
