import { createVault } from '../../src/lib/vault.ts';

const vault = createVault(['new', 'old']);

test('what is sealed is read again, and never sealed twice alike', () => {
  const sealed = vault.seal('row 1', 'JBSWY3DP');
  expect(vault.open('row 1', sealed)).toBe('JBSWY3DP');
  expect(sealed).not.toContain('JBSWY3DP');
  expect(vault.seal('row 1', 'JBSWY3DP')).not.toBe(sealed);
});

test('every key of the list opens what it sealed; others open nothing', () => {
  const sealed = createVault(['old']).seal('row 1', 'text');
  expect(vault.open('row 1', sealed)).toBe('text');
  expect(vault.isOld(sealed)).toBe(true);
  expect(vault.isOld(vault.seal('row 1', 'text'))).toBe(false);
  expect(createVault(['another']).open('row 1', sealed)).toBeNull();
});

test('in another row, or changed by a single bit, it does not open', () => {
  const sealed = vault.seal('row 1', 'text');
  expect(vault.open('row 2', sealed)).toBeNull();
  const [version, key, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(vault.open('row 1', [version, key, changed.toString('base64url')].join('.'))).toBeNull();
  }
  for (const text of ['', 'v1', `v1.${key}`, `v1.${key}.AAAA`, `v2.${key}.${body}`])
    expect(vault.open('row 1', text)).toBeNull();
});
