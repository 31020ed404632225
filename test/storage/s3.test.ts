import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { speak } from '../../src/lib/words/index.ts';
import type { Refusal } from '../../src/errors.ts';
import type { S3Setting } from '../../src/lib/store-settings.ts';
import { newKey } from '../../src/storage/index.ts';
import type { S3Clocks } from '../../src/storage/s3/ask.ts';
import { s3Storage } from '../../src/storage/s3/index.ts';
import { SWIFT, startSwift, type Swift } from '../support/swift.ts';
import { kept, readAll, written } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 's3-'));
const CLOCKS: S3Clocks = { connectMs: 500, answerMs: 1500, waitsMs: [20, 50] };

const opened = (setting: S3Setting, clocks = CLOCKS) => s3Storage({ setting, temporaryDir: folder, clocks });
const refused = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => expect('refused').toBe('done') as never,
    (error) => error,
  );
const AWAY = { status: 503, code: 'store_away', retryAfter: 30 };

type Meddle = (req: IncomingMessage, res: ServerResponse) => boolean;

/** A way to the store on which things go wrong; `meddle` answers true where it has dealt with a request itself. */
async function startWay(to: string): Promise<{ bucket: string; meddle(by: Meddle | null): void; server: Server }> {
  let by: Meddle | null = null;
  const { port, host } = new URL(to);
  const server = createServer((req, res) => {
    if (by?.(req, res)) return;
    // The name is signed: it goes on as the store has it.
    const onward = ask(
      { host: '127.0.0.1', port, method: req.method, path: req.url, headers: req.headers },
      (answer) => {
        res.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(res);
      },
    );
    onward.on('error', () => res.destroy());
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { bucket: to.replace(host, here), meddle: (next) => void (by = next), server };
}

(SWIFT ? describe : describe.skip)('a real S3 server (needs Debian’s swift with memcached)', () => {
  let swift: Swift;
  let setting: S3Setting;
  beforeAll(async () => {
    swift = await startSwift();
    setting = await swift.bucket('pictures');
  });
  afterAll(() => swift?.end());

  describe('the start says which setting is wrong, what was tried and what came back', () => {
    const said = (wrong: Partial<S3Setting>) => opened({ ...setting, ...wrong }).check();
    test.each<[string, () => Partial<S3Setting>, RegExp]>([
      [
        'secret',
        () => ({ secretKey: 'hush' }),
        /was asked to list its bucket: it answered 403 SignatureDoesNotMatch\. The secret key/,
      ],
      ['key', () => ({ accessKey: 'nobody' }), /it answered 403 (InvalidAccessKeyId|SignatureDoesNotMatch)/],
      [
        'bucket',
        () => ({ bucket: `${setting.bucket}-not` }),
        /it answered 404 NoSuchBucket\. Please make the bucket first/,
      ],
      ['region', () => ({ region: 'mars-1' }), /it answered 400 AuthorizationHeaderMalformed\. Please look at region=/],
      ['port', () => ({ bucket: 'http://127.0.0.1:1/pictures' }), /nobody listens there \(ECONNREFUSED\)/],
      [
        'host',
        () => ({ bucket: 'http://store.invalid/pictures' }),
        /nobody knows the name of its host \((ENOTFOUND|EAI_AGAIN)\)/,
      ],
      ['scheme', () => ({ bucket: setting.bucket.replace('http:', 'https:') }), /does not speak as expected/],
    ])('%s', async (_, wrong, sentence) => {
      await expect(said(wrong())).rejects.toThrow(sentence);
      await expect(said(wrong())).rejects.toThrow(/^STORAGE: s3\+http:\/\/127/);
      await expect(said(wrong())).rejects.not.toThrow(/hush/);
    });

    test('nothing is left of looking', async () => {
      await opened(setting).check();
      expect(await opened(setting).size(newKey())).toBeNull();
    });
  });

  describe('addresses that lead to bytes for a while', () => {
    test('without our keys, with the type and the name that are wanted', async () => {
      const storage = opened(setting);
      const key = await kept(storage, 'a picture');
      const wish = { type: 'image/webp', saveAs: 'attachment; filename="und.webp"', spanMs: 60_000 };
      const address = (await storage.addressOf(key, wish)) ?? '';
      const answer = await fetch(address);
      expect([answer.status, await answer.text()]).toEqual([200, 'a picture']);
      expect(answer.headers.get('content-type')).toBe('image/webp');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="und.webp"');
      expect(address).not.toContain(encodeURIComponent(setting.secretKey));
      expect((await fetch(address.replace('webp', 'html'))).status).toBe(403);
      expect((await fetch(address.replace(key, newKey()))).status).toBe(403);
      expect([400, 403]).toContain((await fetch(address.replace(/\?.*/, ''))).status);
    });
  });

  describe('a store that stops answering', () => {
    test('while it hangs, everything is refused in time; afterwards all goes on, and nothing is left of what was refused', async () => {
      const storage = opened(setting);
      const [key, lost] = [await kept(storage, 'before'), newKey()];
      const file = await written(storage, 'lost');
      swift.hang();
      try {
        expect(await refused(storage.read(key))).toMatchObject(AWAY);
        expect(await refused(storage.size(key))).toMatchObject(AWAY);
        const refusal = await refused(storage.keep(lost, file));
        expect(refusal).toMatchObject(AWAY);
        expect(speak(refusal.said)).toMatch(/cannot be reached just now. .*try again in a minute/);
      } finally {
        swift.goOn();
      }
      expect(await readAll(storage, key)).toBe('before');
      // What was on its way when it hung may still arrive there: those who expect it remove it, as they do after a power cut.
      await storage.remove(lost);
      await storage.keep(lost, file);
      expect(await readAll(storage, lost)).toBe('lost');
    });

    test('stopped and started again, it has what was kept', async () => {
      const storage = opened(setting);
      const key = await kept(storage, 'before');
      await swift.stop();
      expect(await refused(storage.read(key))).toMatchObject(AWAY);
      expect(await refused(storage.keep(newKey(), await written(storage, 'x')))).toMatchObject(AWAY);
      expect(await refused(storage.list('00'))).toMatchObject(AWAY);
      await swift.start();
      expect(await readAll(storage, key)).toBe('before');
    });
  });

  describe('on a bad way', () => {
    let way: Awaited<ReturnType<typeof startWay>>;
    let storage: ReturnType<typeof opened>;
    const BYTES = Buffer.alloc(300_000, 'blue glass, ');
    beforeAll(async () => {
      way = await startWay(setting.bucket);
      storage = opened({ ...setting, bucket: way.bucket });
    });
    afterEach(() => way.meddle(null));
    afterAll(() => {
      way?.server.closeAllConnections();
      way?.server.close();
    });

    /** Meddles with the first requests of a kind. */
    const first = (times: number, method: string, how: (req: IncomingMessage, res: ServerResponse) => void) => {
      let seen = 0;
      way.meddle((req, res) => {
        if (req.method !== method || seen++ >= times) return false;
        how(req, res);
        return true;
      });
    };

    test('an upload that breaks off is sent again, and is whole', async () => {
      first(1, 'PUT', (req, res) => void req.once('data', () => res.destroy()));
      const key = await kept(storage, BYTES);
      expect(await storage.size(key)).toBe(BYTES.length);
    });

    test('an upload that always breaks off is refused, and leaves nothing', async () => {
      first(Infinity, 'PUT', (req, res) => void req.once('data', () => res.destroy()));
      const key = newKey();
      const file = await written(storage, BYTES);
      expect(await refused(storage.keep(key, file))).toMatchObject(AWAY);
      expect(await opened(setting).size(key)).toBeNull();
      expect(readdirSync(folder)).toContain(file.slice(folder.length + 1));
    });

    test.each([503, 500, 429])('"%d, come again" is asked again', async (status) => {
      first(2, 'PUT', (req, res) => {
        req.resume();
        res.writeHead(status).end('<Error><Code>SlowDown</Code></Error>');
      });
      expect(await readAll(storage, await kept(storage, 'patient'))).toBe('patient');
    });

    test('a full store is 507', async () => {
      first(1, 'PUT', (req, res) => {
        req.resume();
        res.writeHead(403).end('<Error><Code>QuotaExceeded</Code></Error>');
      });
      expect(await refused(storage.keep(newKey(), await written(storage, 'x')))).toMatchObject({ status: 507 });
    });

    test.each([['nothing', (req: IncomingMessage) => void req.resume()]])(
      'a store that says yes and keeps %s is not believed',
      async (_, take) => {
        first(1, 'PUT', (req, res) => {
          take(req);
          res.writeHead(200).end();
        });
        expect(await refused(storage.keep(newKey(), await written(storage, 'x')))).toMatchObject(AWAY);
      },
    );

    test('bytes that change on the way are refused by the store', async () => {
      const key = newKey();
      way.meddle((req, res) => {
        if (req.method !== 'PUT') return false;
        const { port } = new URL(setting.bucket);
        req.resume();
        const headers = req.headers;
        const onward = ask({ host: '127.0.0.1', port, method: 'PUT', path: req.url, headers }, (answer) => {
          res.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(res);
        });
        onward.end('other');
        return true;
      });
      expect(await refused(storage.keep(key, await written(storage, 'bytes')))).toMatchObject({ status: 503 });
      expect(await opened(setting).size(key)).toBeNull();
    });

    test('a reader whose connection breaks in the middle gets the rest by another', async () => {
      const key = await kept(storage, BYTES);
      const asked: string[] = [];
      way.meddle((req, res) => {
        asked.push(String(req.headers.range));
        if (asked.length > 1) return false;
        res.writeHead(200, { 'content-length': BYTES.length });
        res.write(BYTES.subarray(0, 100_000), () => setImmediate(() => res.destroy()));
        return true;
      });
      expect(await readAll(storage, key)).toBe(BYTES.toString());
      expect(asked[0]).toBe('undefined');
      expect(asked[1]).toMatch(/^bytes=\d+-$/);
    });

    test('where it breaks again and again the reader is told, and never gets less as if it were all', async () => {
      const key = await kept(storage, BYTES);
      first(Infinity, 'GET', (_, res) => {
        res.writeHead(200, { 'content-length': BYTES.length });
        res.write(BYTES.subarray(0, 1000), () => setImmediate(() => res.destroy()));
      });
      await expect(readAll(storage, key)).rejects.toThrow();
    });

    test('it is not followed to where it sends us', async () => {
      let came = 0;
      const elsewhere = createServer((_, res) => (came++, res.end('x')));
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      first(Infinity, 'GET', (_, res) => {
        const { port } = elsewhere.address() as AddressInfo;
        res.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
      });
      expect(await refused(storage.read(newKey()))).toMatchObject({ status: 503 });
      elsewhere.close();
      expect(came).toBe(0);
    });
  });
});
