import { startTestSite, type TestSite } from '../support/site.ts';

describe('/metrics', () => {
  let site: TestSite;

  beforeAll(async () => {
    site = await startTestSite({ METRICS_TOKEN: 'read-me' });
  });
  afterAll(() => site.end());

  test('tells this machine how requests and jobs go, by route and never by address', async () => {
    const visitor = site.visitor();
    await visitor.get('/people/nobody-here');
    const { status, text } = await visitor.get('/metrics');
    expect(status).toBe(200);
    expect(text).toMatch(/bowerbird_request_seconds_count\{method="GET",route="\/people\/:username",status="404"\} 1/);
    expect(text).toMatch(/bowerbird_jobs\{state="dead"\} 0/);
    expect(text).not.toContain('nobody-here');
  });

  test('tells how much there is to do, what was made and what was refused, and how much room there is', async () => {
    const ann = await site.member('ann');
    await ann.save({ title: 'Bricks' });
    await ann.post('/images/create', { url: 'https://127.0.0.1/x.jpg' }, { json: true });
    await site.settled();
    const { text } = await ann.get('/metrics');
    const valueOf = (name: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')[1],
      );
    for (const tier of ['high', 'low'])
      expect(valueOf(`bowerbird_tiers_made_total{tier="${tier}"}`)).toBeGreaterThanOrEqual(1);
    expect(valueOf('bowerbird_fetches_refused_total{reason="forbidden"}')).toBe(1);
    expect(valueOf('bowerbird_queries_total')).toBeGreaterThan(10);
    expect(valueOf('bowerbird_job_age_seconds')).toBeGreaterThanOrEqual(0);
    expect(valueOf('bowerbird_storage_free_bytes')).toBeGreaterThan(1000);
    expect(valueOf('bowerbird_resident_bytes')).toBeGreaterThan(1000);
    expect(text).not.toMatch(/127\.0\.0\.1|x\.jpg|Bricks|ann/);
  });

  test('is not there for whoever comes through a proxy, unless they have the token', async () => {
    const visitor = site.visitor();
    const proxied = { 'X-Forwarded-For': '203.0.113.9' };
    expect((await visitor.get('/metrics', { headers: proxied })).status).toBe(404);
    expect((await visitor.get('/metrics', { headers: { ...proxied, Authorization: 'Bearer wrong' } })).status).toBe(
      404,
    );
    expect((await visitor.get('/metrics', { headers: { ...proxied, Authorization: 'Bearer read-me' } })).status).toBe(
      200,
    );
  });

  test('is counted for each site apart', async () => {
    const other = await startTestSite();
    const { text } = await other.visitor().get('/metrics');
    expect(text).not.toContain('/people/:username');
    await other.end();
  });
});
