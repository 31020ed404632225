import type { Item } from './item.ts';

const NAME = 'bowerbird-tray';
const STORE = 'items';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser keeps nothing')));
  });

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.addEventListener('upgradeneeded', () => void request.result.createObjectStore(STORE, { keyPath: 'id' }));
  return settled(request);
}

/** Runs one step on what is kept; a browser that keeps nothing has what this page holds, and nothing after it. */
async function within<T>(mode: IDBTransactionMode, step: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    const db = await open();
    try {
      return await settled(step(db.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}

/** What is on its way for this member, oldest first. What somebody else left in this browser goes. */
export async function readItems(owner: string): Promise<Item[] | null> {
  const all = await within<Item[]>('readonly', (store) => store.getAll() as IDBRequest<Item[]>);
  if (!all) return null;
  for (const item of all) if (item.owner !== owner) await removeItem(item);
  return all.filter((item) => item.owner === owner).sort((a, b) => a.at - b.at);
}

export const putItem = (item: Item): Promise<unknown> => within('readwrite', (store) => store.put(item));

export const removeItem = ({ id }: Item): Promise<unknown> => within('readwrite', (store) => store.delete(id));

/** At the sign-out nothing stays in this browser. */
export const forgetItems = (): void => void indexedDB.deleteDatabase(NAME);
