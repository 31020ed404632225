import { join } from 'node:path';
import type { Params } from '../../src/lib/words/index.ts';
import type { Refusal } from '../../src/errors.ts';
import { Ledger } from '../faults/ledger.ts';
import { contentsOf, NOTHING } from '../support/contents.ts';
import { childrenOf, openStudio, type Studio } from '../support/imaging.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';
import { corpus, families, type Case, type Refused, type Taken } from './corpus/index.ts';

let cases: Awaited<ReturnType<typeof corpus>>;
beforeAll(async () => void (cases = await corpus()), 60_000);

const isRefused = (verdict: Taken | Refused): verdict is Refused => 'refused' in verdict;

/** Of what was found, what the verdict speaks of: what it does not is of no matter there. */
const alike = (verdict: object, found: object) =>
  Object.fromEntries(Object.entries(found).filter(([name]) => name in verdict));

interface Sent {
  name: string;
  status: number;
  error?: { code: string; field: string; message: string };
  image?: object;
}

/** What a site takes at most. */
const MOST = 25 << 20;
const CODES = /^(not_an_image|broken|too_small|too_many_pixels)$/;

/** What goes into a sentence, as it stands there. */
const inEnglish = (params: Params) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 1 }) : value,
    ]),
  );

describe('of whatever bytes, the imaging children', () => {
  let studio: Studio;
  let before: number[];
  const kept: string[] = [];
  beforeAll(async () => {
    before = await childrenOf();
    studio = await openStudio({ workers: 2 });
  });
  afterAll(() => studio.close());

  async function verdictOn([, bytes, wanted]: Case): Promise<object> {
    try {
      const { facts, high } = await studio.inspect(bytes);
      kept.push(high.path);
      expect(high).toMatchObject({ tier: 'high', bytes: expect.any(Number) as number });
      return alike(wanted, facts);
    } catch (error) {
      const { said, status, message } = error as Refusal;
      if (!said || status !== 422) return { bug: message };
      const { params = {} } = wanted as Refused;
      return {
        refused: said.key.replace('imaging.', ''),
        ...('params' in wanted && { params: alike(params, inEnglish(said.params ?? {})) }),
      };
    }
  }

  test.each(families)(
    'say what they are: %s',
    async (family) => {
      const found = await Promise.all(cases[family].map(async (one) => [one[0], await verdictOn(one)]));
      expect(found).toEqual(cases[family].map(([name, , verdict]) => [name, verdict]));
    },
    180_000,
  );

  test('and none of them has died of it, or left a file that it should not', async () => {
    expect(studio.logged).toEqual([]);
    expect((await childrenOf()).filter((pid) => !before.includes(pid)).length).toBeLessThanOrEqual(2);
    expect((await studio.files()).map((name) => join(studio.folder, name)).sort()).toEqual([...new Set(kept)].sort());
  });

  test('which are more than five hundred files, none of them twice', () => {
    const names = Object.values(cases).flatMap((family) => family.map(([name]) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(490);
  });
});

describe('what is sent to a site', () => {
  let site: TestSite;
  let ann: Member;
  let token: string;
  beforeAll(async () => {
    site = await startTestSite();
    ann = await site.member('ann');
    token = await ann.token();
  });
  afterAll(() => site.end());

  /** Every sixth of each family that is to be taken, or refused. */
  const sample = (wanted: (verdict: Taken | Refused) => boolean) =>
    Object.values(cases).flatMap((family) =>
      family.filter(([, bytes, verdict]) => wanted(verdict) && bytes.length < MOST).filter((_, n) => n % 6 === 0),
    );

  /** Four at once, as people do. */
  async function sendAll(some: readonly Case[]) {
    const answers: Sent[] = [];
    for (let n = 0; n < some.length; n += 4) answers.push(...(await Promise.all(some.slice(n, n + 4).map(send))));
    return answers;
  }

  async function send([name, bytes]: Case): Promise<Sent> {
    const file = { bytes, name: 'holiday.jpg', type: 'image/jpeg' };
    const form = { title: name, duplicate: 'keep' };
    const { status, body } = await ann.post('/images/create', form, { json: true, token, file });
    return { name, status, ...(body as Pick<Sent, 'error' | 'image'>) };
  }

  test('and cannot be taken is refused in a sentence, never with a fault of ours, and leaves no file, row or job', async () => {
    const some = sample(isRefused);
    expect(await sendAll(some)).toEqual(
      some.map(([name]) => ({
        name,
        status: 422,
        error: { code: expect.stringMatching(CODES), field: 'image', message: expect.stringMatching(/^This /) },
      })),
    );
    expect(await contentsOf(site)).toEqual(NOTHING);
  });

  test('and can be taken is taken, and all its tiers are made', async () => {
    const some = sample((verdict) => !isRefused(verdict));
    expect(await sendAll(some)).toEqual(
      some.map(([name, , verdict]) => {
        const { width, height } = verdict as Taken;
        return { name, status: 201, image: expect.objectContaining({ title: name, width, height }) };
      }),
    );
    await site.settled();
    const ledger = new Ledger(site.dataDir, site.site.config.databaseUrl);
    expect(await ledger.faults()).toEqual([]);
    expect([await ledger.temporary(), await ledger.settled()]).toEqual([[], true]);
    await ledger.close();
    expect(await contentsOf(site)).toMatchObject({ images: some.length, expected: 0, drafts: 0 });
  });
});
