import { request as ask, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { picture } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const BOUNDARY = 'a-boundary';

/** A form that sends the first half of its file, and the rest when it is told to. */
async function slowForm(site: TestSite, who: Member, bytes: Buffer) {
  const head =
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${await who.token()}\r\n` +
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="slow.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  const { port } = site.server.address() as AddressInfo;
  const sending: ClientRequest = ask({
    port,
    method: 'POST',
    path: '/images/create',
    headers: {
      accept: 'application/json',
      cookie: who.cookie,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': body.length,
    },
  });
  const half = Math.floor(body.length / 2);
  await new Promise((resolve) => sending.write(body.subarray(0, half), resolve));
  return {
    sending,
    async finish(): Promise<number> {
      sending.end(body.subarray(half));
      const [answer] = (await once(sending, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode ?? 0;
    },
  };
}

describe('somebody whose line is slow', () => {
  let site: TestSite;
  let ann: Member;
  let bea: Member;
  beforeAll(async () => {
    site = await startTestSite();
    [ann, bea] = [await site.member('ann'), await site.member('bea')];
  });
  afterAll(() => site.end());

  test('holds up nobody: twenty half-sent files, and others save meanwhile; then theirs arrive', async () => {
    const files = await Promise.all(
      Array.from({ length: 20 }, (_, n) => picture({ seed: 20 + n, width: 640, height: 480 })),
    );
    const slow = await Promise.all(files.map((bytes) => slowForm(site, ann, bytes)));
    const { id } = await bea.save({ title: 'In between' });
    expect((await bea.image(id)).title).toBe('In between');
    expect((await ann.get('/images')).status).toBe(200);
    expect(await Promise.all(slow.map(({ finish }) => finish()))).toEqual(files.map(() => 201));
  });

  test('or breaks leaves nothing behind', async () => {
    const before = await site.site.db('images').pluck('id');
    const { sending } = await slowForm(site, ann, await picture({ seed: 99, width: 640, height: 480 }));
    const gone = new Promise((resolve) => sending.on('error', () => {}).on('close', resolve));
    sending.destroy();
    await gone;
    await site.settled();
    expect(await site.site.db('images').pluck('id')).toEqual(before);
    expect(await site.site.db('expected')).toEqual([]);
  });
});
