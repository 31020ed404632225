import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { dialectOf, openDb, type Db } from '../../src/db/index.ts';
import { sweepStrays } from '../../src/images/index.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';

interface FileRow {
  image_id: number;
  tier: string;
  storage_key: string;
  sha256: string;
}

/** The rows and bytes of a site, looked at from outside, whether it runs or was killed. */
export class Ledger {
  readonly #media: string;
  readonly #db: Db;
  readonly #storage: Storage;

  constructor(dataDir: string, databaseUrl = `sqlite:${join(dataDir, 'bowerbird.sqlite')}`) {
    this.#media = join(dataDir, 'media');
    this.#db = openDb({ url: databaseUrl, connections: 1 });
    const path = this.#media;
    this.#storage = openStorage({ dataDir, stores: [{ kind: 'disk', name: path, path, leaving: false }] });
  }

  /** Writes something else into the rows of some bytes. */
  async amend(which: { image_id: number; storage_key: string }, facts: { sha256: string; bytes: number }) {
    await this.#db('files').where(which).update(facts);
  }

  close = () => this.#db.destroy();

  /** What is broken, in sentences: none at any moment, whatever was killed. */
  async faults(): Promise<string[]> {
    const files: FileRow[] = await this.#db('files').select('image_id', 'tier', 'storage_key', 'sha256');
    const faults = (await Promise.all(files.map((file) => this.#faultOf(file)))).filter((fault) => fault !== '');
    const images: { id: number; state: string }[] = await this.#db('images').select('id', 'state');
    for (const { id, state } of images) {
      const tiers = new Set(files.filter((file) => Number(file.image_id) === Number(id)).map(({ tier }) => tier));
      const needed = ['original', 'high', ...(state === 'ready' ? ['low', 'medium', 'very_high'] : [])];
      for (const tier of needed) if (!tiers.has(tier)) faults.push(`image ${id} (${state}) has no ${tier}`);
    }
    for (const key of await this.strays())
      if (!(await this.#db('expected').where({ storage_key: key }).first())) faults.push(`nobody knows of ${key}`);
    return [...faults, ...(await this.#broken())];
  }

  async #faultOf({ image_id, tier, storage_key, sha256 }: FileRow): Promise<string> {
    const bytes = await readFile(join(this.#media, storage_key)).catch(() => null);
    if (!bytes) return `${tier} of ${image_id} has no bytes`;
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? '' : `${tier} of ${image_id} has other bytes`;
  }

  async #broken(): Promise<string[]> {
    if (dialectOf(this.#db) === 'postgres') return [];
    const checked = (await this.#db.raw('PRAGMA integrity_check')) as { integrity_check: string }[];
    const links = (await this.#db.raw('PRAGMA foreign_key_check')) as object[];
    return [...checked.map((row) => row.integrity_check).filter((said) => said !== 'ok'), ...links.map(String)];
  }

  /** Keys of stored bytes that belong to no image, draft, photo or export. */
  async strays(): Promise<string[]> {
    const kept = await Promise.all(
      ['files', 'drafts', 'photos', 'exports'].map(
        (table) => this.#db(table).pluck('storage_key') as Promise<string[]>,
      ),
    );
    const known = new Set(kept.flat());
    return (await this.#stored()).filter((key) => !known.has(key));
  }

  async #stored(): Promise<string[]> {
    const entries = await readdir(this.#media, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.#media, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((name) => !name.startsWith('.'));
  }

  temporary = async (): Promise<string[]> =>
    (
      await Promise.all(['.temporary', '.arriving'].map((name) => readdir(join(this.#media, name)).catch(() => [])))
    ).flat();

  /** The images that were saved with a form's key, and how far they are. */
  async saved(once: string): Promise<{ id: number; state: string; tiers: string[]; original: string }[]> {
    const images: { id: number; state: string; sha256: string }[] = await this.#db('images')
      .where({ title: once })
      .select('id', 'state', 'sha256');
    return Promise.all(
      images.map(async ({ id, state, sha256 }) => {
        const tiers: string[] = await this.#db('files').where({ image_id: id }).pluck('tier');
        return { id: Number(id), state, tiers: tiers.sort(), original: sha256 };
      }),
    );
  }

  /** Nothing is pending, and no job of an image waits or runs. */
  async settled(): Promise<boolean> {
    const pending = await this.#db('images').where({ state: 'pending' }).first('id');
    return !pending && !(await this.#db('jobs').where({ kind: 'makeTiers' }).first('id'));
  }

  /** What the sweeps of an hour later leave behind that is nobody's. */
  async leftAfterSweep(): Promise<string[]> {
    await sweepStrays(this.#db, this.#storage, Date.now() + 61 * 60 * 1000);
    await this.#storage.sweepTemporary(-1000);
    const expected: string[] = await this.#db('expected').pluck('storage_key');
    return [...expected, ...(await this.strays()), ...(await this.temporary())];
  }
}
