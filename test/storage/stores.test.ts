import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Settings } from '../../src/lib/settings.ts';
import { readStores } from '../../src/lib/store-settings.ts';
import { openStorage } from '../../src/storage/index.ts';
import { SWIFT, startSwift, type Swift } from '../support/swift.ts';
import { itIsAStore } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'stores-'));

const opened = (STORAGE: string) => {
  const dataDir = join(folder, 'data');
  return openStorage({ dataDir, stores: readStores(new Settings({ STORAGE }), dataDir) });
};

describe('a folder', () => itIsAStore(() => opened(`file:${folder}/alone`)));

describe('a ring of four folders', () =>
  itIsAStore(() => opened([1, 2, 3, 4].map((n) => `file:${folder}/ring${n}`).join())));

describe('a ring of which one folder leaves', () => itIsAStore(() => opened(`-file:${folder}/old,file:${folder}/new`)));

(SWIFT ? describe : describe.skip)('with a real S3 server (needs Debian’s swift with memcached)', () => {
  let swift: Swift;
  beforeAll(async () => {
    swift = await startSwift();
    for (const name of ['alone', 'one', 'two']) await swift.bucket(name);
  });
  afterAll(() => swift?.end());

  describe('a bucket', () => itIsAStore(() => opened(swift.storage('alone'))));

  describe('a ring of two buckets and a folder', () =>
    itIsAStore(() => opened([swift.storage('one'), swift.storage('two'), `file:${folder}/third`].join())));
});
