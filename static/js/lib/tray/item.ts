/** One picture on its way: a file or an address. */
export interface Item {
  /** The one-time key of its form: sent twice, it makes one image. */
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly at: number;
  file: Blob | null;
  readonly url: string;
  state: 'waiting' | 'saved' | 'had' | 'refused';
  said: string;
  /** Where it can be looked at. */
  href: string;
  /** Whether it is wanted though something like it is there already. */
  keep: boolean;
}

const fresh = (
  owner: string,
  name: string,
): Pick<Item, 'id' | 'owner' | 'name' | 'at' | 'state' | 'said' | 'href' | 'keep'> => ({
  id: crypto.randomUUID(),
  owner,
  name,
  at: Date.now(),
  state: 'waiting',
  said: '',
  href: '',
  keep: false,
});

export const fromFile = (owner: string, file: File): Item => ({ ...fresh(owner, file.name), file, url: '' });

export const fromAddress = (owner: string, url: string): Item => ({ ...fresh(owner, url), file: null, url });

/** Whether nothing more happens to it by itself. */
export const isOver = ({ state }: Item): boolean => state !== 'waiting';
