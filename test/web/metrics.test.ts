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
