import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCertificates } from '../../src/net/tls/index.ts';

const DAY = 86_400_000;
const later = (days: number) => new Date(Date.now() + days * DAY);
const folders: string[] = [];

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'bowerbird-certs-'));
  folders.push(dir);
  return join(dir, 'certs');
}

afterAll(async () => {
  for (const dir of folders) await rm(dir, { recursive: true, force: true });
});

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const days = (cert: X509Certificate) => (Date.parse(cert.validTo) - Date.parse(cert.validFrom)) / DAY;

describe('the first start', () => {
  test('makes an authority and a leaf in a folder for its owner alone, with nothing left over', async () => {
    const dir = await folder();
    const { made, reason, leafReason } = await ensureCertificates({ dir, hosts: ['pictures.example'] });
    expect({ made, reason, leafReason }).toEqual({ made: true, reason: 'absent', leafReason: 'absent' });
    expect((await readdir(dir)).sort()).toEqual(['ca-key.pem', 'ca.pem', 'leaf-key.pem', 'leaf.pem']);
    expect(await mode(dir)).toBe('700');
    expect([await mode(join(dir, 'ca-key.pem')), await mode(join(dir, 'leaf-key.pem'))]).toEqual(['600', '600']);
  });

  test('makes a leaf for every name that browsers accept in length, and signed by the authority', async () => {
    const { ca, leaf, hosts } = await ensureCertificates({
      dir: await folder(),
      hosts: ['Pictures.Example.', '[::1]'],
    });
    const authority = new X509Certificate(ca.pem);
    const cert = new X509Certificate(leaf.certPem);
    expect(hosts).toEqual(['localhost', '127.0.0.1', '::1', 'pictures.example']);
    expect(cert.checkHost('localhost') && cert.checkHost('pictures.example')).toBeTruthy();
    expect(cert.checkIP('127.0.0.1') && cert.checkIP('::1')).toBeTruthy();
    expect(cert.checkHost('other.example')).toBeUndefined();
    expect(cert.verify(authority.publicKey) && cert.checkIssued(authority)).toBe(true);
    expect(cert.checkPrivateKey(createPrivateKey(leaf.keyPem))).toBe(true);
    expect(days(cert)).toBeLessThanOrEqual(397);
    expect(Date.parse(cert.validFrom)).toBeLessThan(Date.now() - 0.9 * DAY);
    expect(cert.ca).toBe(false);
    expect(authority.ca).toBe(true);
    expect(days(authority)).toBeGreaterThan(3600);
    expect(ca.fingerprint).toBe(authority.fingerprint256);
  });

  test('two processes that start at once end up with the same authority', async () => {
    const dir = await folder();
    const both = await Promise.all([ensureCertificates({ dir, hosts: [] }), ensureCertificates({ dir, hosts: [] })]);
    expect(both[0].ca.fingerprint).toBe(both[1].ca.fingerprint);
    expect(both.filter((one) => one.made)).toHaveLength(1);
  });

  test('where openssl is, it finds chain and constraints in order', async () => {
    const dir = await folder();
    await ensureCertificates({ dir, hosts: ['pictures.example', '192.0.2.7'] });
    if (spawnSync('openssl', ['version']).status !== 0) return; // Node's own checks above are the base
    const ca = join(dir, 'ca.pem');
    const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca, join(dir, 'leaf.pem')];
    expect(execFileSync('openssl', args, { encoding: 'utf8' })).toContain('leaf.pem: OK');
    const text = execFileSync('openssl', ['x509', '-in', ca, '-noout', '-text'], { encoding: 'utf8' });
    expect(text).toContain('X509v3 Name Constraints: critical');
    expect(text).toContain('DNS:pictures.example');
    expect(text).toContain('IP:192.0.2.7/255.255.255.255');
    expect(text).toContain('CA:TRUE, pathlen:0');
  });
});

describe('a later start', () => {
  const fingerprints = async (dir: string, hosts: string[], now = new Date()) => {
    const { ca, leaf, made, reason, leafReason } = await ensureCertificates({ dir, hosts, now });
    return { ca: ca.fingerprint, leaf: new X509Certificate(leaf.certPem).fingerprint256, made, reason, leafReason };
  };

  test('takes what is there, also from a folder that cannot be written', async () => {
    const dir = await folder();
    const first = await fingerprints(dir, ['pictures.example']);
    const before = await stat(dir);
    const second = await fingerprints(dir, ['pictures.example']);
    expect(second).toEqual({ ca: first.ca, leaf: first.leaf, made: false, reason: null, leafReason: null });
    expect((await stat(dir)).ctimeMs).toBe(before.ctimeMs); // not a file was made, not even for a moment
  });

  test('keeps authority and leaf while the leaf has 31 days left, and makes the leaf anew at 29', async () => {
    const dir = await folder();
    const first = await fingerprints(dir, []);
    expect(await fingerprints(dir, [], later(395 - 31))).toMatchObject({ ca: first.ca, leaf: first.leaf });
    const renewed = await fingerprints(dir, [], later(395 - 29));
    expect(renewed).toMatchObject({ ca: first.ca, made: false, leafReason: 'expiring' });
    expect(renewed.leaf).not.toBe(first.leaf);
  });

  test('makes a new authority near its end, and a leaf never outlives it', async () => {
    const dir = await folder();
    const first = await fingerprints(dir, []);
    const old = await fingerprints(dir, [], later(3650 - 100));
    expect(old).toMatchObject({ ca: first.ca, made: false, leafReason: 'expiring' });
    const leaf = new X509Certificate(await readFile(join(dir, 'leaf.pem')));
    const authority = new X509Certificate(await readFile(join(dir, 'ca.pem')));
    expect(Date.parse(leaf.validTo)).toBe(Date.parse(authority.validTo));
    expect(await fingerprints(dir, [], later(3650 - 61))).toMatchObject({ ca: first.ca, leafReason: null });
    expect(await fingerprints(dir, [], later(3650 - 59))).toMatchObject({ made: true, reason: 'expiring' });
  });

  test('makes both anew for a host that the authority may not vouch for, and says so', async () => {
    const dir = await folder();
    const first = await fingerprints(dir, []);
    const second = await fingerprints(dir, ['pictures.example']);
    expect(second).toMatchObject({ made: true, reason: 'host' });
    expect(second.ca).not.toBe(first.ca);
    expect(await fingerprints(dir, [])).toMatchObject({ ca: second.ca, leaf: second.leaf, made: false });
  });

  test('makes only the leaf anew where that alone is broken or of another authority', async () => {
    const dir = await folder();
    const other = await folder();
    const first = await fingerprints(dir, []);
    for (const harm of ['', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n']) {
      await writeFile(join(dir, 'leaf.pem'), harm);
      expect(await fingerprints(dir, [])).toMatchObject({ ca: first.ca, made: false, leafReason: 'broken' });
    }
    await ensureCertificates({ dir: other, hosts: [] });
    for (const name of ['leaf.pem', 'leaf-key.pem'])
      await writeFile(join(dir, name), await readFile(join(other, name)));
    expect(await fingerprints(dir, [])).toMatchObject({ ca: first.ca, made: false, leafReason: 'broken' });
    await rm(join(dir, 'leaf-key.pem'));
    expect(await fingerprints(dir, [])).toMatchObject({ ca: first.ca, made: false, leafReason: 'absent' });
  });

  test('after a crash between key and certificate of the authority, it starts over whole', async () => {
    const dir = await folder();
    const other = await folder();
    await ensureCertificates({ dir, hosts: [] });
    await ensureCertificates({ dir: other, hosts: [] });
    await writeFile(join(dir, 'ca-key.pem'), await readFile(join(other, 'ca-key.pem')));
    await writeFile(join(dir, 'ca.pem.0123456789ab.tmp'), 'half');
    expect(await fingerprints(dir, [])).toMatchObject({ made: true, reason: 'broken' });
    expect(await readdir(dir)).toHaveLength(4);
    expect(await fingerprints(dir, [])).toMatchObject({ made: false });
  });

  test('closes a key that others could read', async () => {
    const dir = await folder();
    await ensureCertificates({ dir, hosts: [] });
    await chmod(join(dir, 'ca-key.pem'), 0o644);
    await ensureCertificates({ dir, hosts: [] });
    expect(await mode(join(dir, 'ca-key.pem'))).toBe('600');
  });

  test('leaves the mode of a folder alone that holds other things', async () => {
    const dir = await folder();
    await mkdir(dir, { mode: 0o755 });
    await chmod(dir, 0o755);
    await writeFile(join(dir, 'nginx.conf'), '');
    await ensureCertificates({ dir, hosts: [] });
    expect(await mode(dir)).toBe('755');
  });

  test('what cannot be done is one sentence that names the setting', async () => {
    const dir = await folder();
    await writeFile(dir, 'a file where a folder should be');
    await expect(ensureCertificates({ dir, hosts: [] })).rejects.toThrow(/^CERTS_DIR: .*ENOTDIR/);
    await expect(ensureCertificates({ dir: await folder(), hosts: ['a b'] })).rejects.toThrow(/^BASE_URL: “a b”/);
  });
});
