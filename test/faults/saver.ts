import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { becomeMember, Visitor } from '../support/site.ts';
import { Ledger } from './ledger.ts';
import { returning, startMortal, type Mortal } from './mortal.ts';

/** Large enough for every tier to be one of its own. */
export const SIZE = { width: 1400, height: 1000 };
const TIERS = ['high', 'low', 'medium', 'original', 'very_high'];

/** A form, which can be sent again as it was. */
export interface Sent {
  title: string;
  /** The status of the answer, or `cut` where none came. */
  send(): Promise<number | 'cut'>;
}

/** Somebody who goes on saving at a site that is killed, with a ledger that says what became of it. */
export class Saver {
  readonly dataDir: string;
  readonly #env: Record<string, string>;
  readonly ledger: Ledger;
  site: Mortal;
  person: Visitor;

  private constructor(dataDir: string, env: Record<string, string>, site: Mortal) {
    this.dataDir = dataDir;
    this.#env = env;
    this.site = site;
    this.person = new Visitor(site.address);
    this.ledger = new Ledger(dataDir, env['DATABASE_URL']);
  }

  static async open(env: Record<string, string> = {}): Promise<Saver> {
    const dataDir = await mkdtemp(join(tmpdir(), 'bowerbird-killed-'));
    const saver = new Saver(dataDir, env, await startMortal(dataDir, env));
    await becomeMember(saver.person, 'ann');
    return saver;
  }

  async startAgain() {
    this.site = await startMortal(this.dataDir, this.#env);
    this.person = returning(this.person, this.site);
  }

  /** A form with a picture of its own, or with an address; its title is its one-time key as well. */
  async form(title: string, seed: number, address = '', more: Record<string, unknown> = {}): Promise<Sent> {
    const fields = { title, once: title, ...(address ? { url: address } : {}), ...more };
    const file = address ? {} : { file: { bytes: await picture({ ...SIZE, seed }) } };
    const post = async () => (await this.person.post('/images/create', fields, { json: true, ...file })).status;
    return { title, send: () => post().catch(() => 'cut' as const) };
  }

  /** Puts other bytes in the place of a tier's, as if they had been made so. */
  async replaceBytes({ image_id, storage_key }: { image_id: number; storage_key: string }, text: string) {
    const sha256 = createHash('sha256').update(text).digest('hex');
    await writeFile(join(this.dataDir, 'media', storage_key), text);
    await this.ledger.amend({ image_id, storage_key }, { sha256, bytes: text.length });
  }

  /** Nothing is lost: the form sent again finds its one image or makes it, and all its tiers are made. */
  async expectWhole(sent: Sent, wasThere: boolean) {
    expect(await sent.send()).toBe(wasThere ? 200 : 201);
    await until(`the tiers of ${sent.title}`, () => this.ledger.settled());
    expect(await this.ledger.saved(sent.title)).toMatchObject([
      { id: expect.any(Number), state: 'ready', tiers: TIERS },
    ]);
  }

  /** The sweeps of an hour later leave nothing that is nobody's, and nothing is broken. */
  async expectTidy() {
    expect(await this.ledger.leftAfterSweep()).toEqual([]);
    expect(await this.ledger.faults()).toEqual([]);
  }

  async close() {
    await this.site.kill();
    await this.ledger.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
