import { writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { newKey, type Storage } from '../../src/storage/index.ts';

/** A finished temporary file of a store. */
export async function written(storage: Storage, content: string | Buffer): Promise<string> {
  const file = storage.temporary();
  await writeFile(file, content);
  return file;
}

export async function kept(storage: Storage, content: string | Buffer, key = newKey()): Promise<string> {
  await storage.keep(key, await written(storage, content));
  return key;
}

export async function readAll(storage: Storage, key: string, range?: { start: number; end: number }) {
  const stream = await storage.read(key, range);
  return stream && text(stream);
}

/** What every store must do, whatever it is made of. */
export function itIsAStore(open: () => Storage) {
  let storage: Storage;
  beforeAll(() => {
    storage = open();
  });

  test('it can be written to and read', () => storage.check());

  test('what was kept is read back, byte for byte, and its temporary file is gone', async () => {
    const file = await written(storage, 'a bower of blue glass');
    const key = newKey();
    await storage.keep(key, file);
    expect(existsSync(file)).toBe(false);
    expect(await readAll(storage, key)).toBe('a bower of blue glass');
    expect(await storage.size(key)).toBe(21);
  });

  test('five megabytes come back as they were', async () => {
    const bytes = Buffer.alloc(5 * 1024 * 1024, 'bower and bird, ');
    const key = await kept(storage, bytes);
    expect(await storage.size(key)).toBe(bytes.length);
    const read: Buffer[] = [];
    for await (const chunk of (await storage.read(key)) ?? []) read.push(chunk as Buffer);
    expect(Buffer.concat(read).equals(bytes)).toBe(true);
  });

  test('nothing at all can be kept as well', async () => {
    const key = await kept(storage, '');
    expect([await storage.size(key), await readAll(storage, key)]).toEqual([0, '']);
  });

  test('a range has both its first and its last byte', async () => {
    const key = await kept(storage, '0123456789');
    expect(await readAll(storage, key, { start: 2, end: 5 })).toBe('2345');
    expect(await readAll(storage, key, { start: 0, end: 0 })).toBe('0');
    expect(await readAll(storage, key, { start: 8, end: 100 })).toBe('89');
  });

  test('the imaging child gets a file with the bytes, until it is done', async () => {
    const key = await kept(storage, 'for the child');
    const local = await storage.local(key);
    expect(await readFile(local?.path ?? '', 'utf8')).toBe('for the child');
    expect(storage.folders.reads.some((folder) => local?.path.startsWith(folder))).toBe(true);
    await local?.done();
    expect(await storage.size(key)).toBe(13);
  });

  test('a key without bytes reads as null everywhere', async () => {
    const key = newKey();
    const found = [await storage.read(key), await storage.local(key), await storage.size(key)];
    expect(found).toEqual([null, null, null]);
  });

  test('what was removed is gone, and removing it twice is no error', async () => {
    const key = await kept(storage, 'gone');
    await storage.remove(key);
    await storage.remove(key);
    expect(await storage.read(key)).toBeNull();
  });

  test('a reader who does not want it all lets go', async () => {
    const key = await kept(storage, Buffer.alloc(2_000_000));
    for (let n = 0; n < 3; n++) (await storage.read(key))?.destroy();
    expect(await storage.size(key)).toBe(2_000_000);
  });

  test('it lists what begins alike, with sizes and times, and nothing else', async () => {
    const first = await kept(storage, 'one');
    const second = await kept(storage, 'four', newKey(first));
    const beginning = first.slice(0, 2);
    const listed = (await storage.list(beginning)).filter(({ key }) => key === first || key === second);
    expect(listed.sort((a, b) => a.bytes - b.bytes)).toEqual([
      { key: first, bytes: 3, writtenAt: expect.any(Number) },
      { key: second, bytes: 4, writtenAt: expect.any(Number) },
    ]);
    expect(Math.abs((listed[0]?.writtenAt ?? 0) - Date.now())).toBeLessThan(60_000);
    expect((await storage.list(beginning)).every(({ key }) => key.startsWith(`${beginning}/`))).toBe(true);
  });

  test('what is no key is asked for nowhere', async () => {
    const file = await written(storage, 'x');
    for (const key of ['../../etc/passwd', `${newKey()}/..`, '']) {
      await expect((async () => storage.keep(key, file))()).rejects.toThrow('not a storage key');
      await expect((async () => storage.read(key))()).rejects.toThrow('not a storage key');
      await expect((async () => storage.remove(key))()).rejects.toThrow('not a storage key');
    }
  });

  test('a temporary file that is not there takes nothing from what the key has', async () => {
    const key = await kept(storage, 'safe');
    await expect(storage.keep(key, storage.temporary())).rejects.toThrow('ENOENT');
    expect(await readAll(storage, key)).toBe('safe');
  });

  test('old temporary files are swept', async () => {
    await written(storage, 'left behind');
    expect(await storage.sweepTemporary(-10_000)).toBeGreaterThan(0);
  });

  test('twenty kept at once are all there', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, (_, n) => kept(storage, `number ${n}`)));
    expect(await Promise.all(keys.map((key) => readAll(storage, key)))).toEqual(keys.map((_, n) => `number ${n}`));
  });
}
