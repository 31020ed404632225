import { hashToken, randomToken, sameText, signer } from '../../src/lib/secret.ts';

describe('tokens', () => {
  test('are 256 random bits that need no escaping, and never the same', () => {
    const many = Array.from({ length: 1000 }, randomToken);
    expect(new Set(many).size).toBe(1000);
    for (const token of many) expect(token).toMatch(/^[\w-]{43}$/);
    // Every bit is random: at each place many letters are seen, also at the last, which holds four bits.
    for (let place = 0; place < 43; place++)
      expect(new Set(many.map((token) => token[place])).size).toBeGreaterThanOrEqual(16);
  });

  test('are stored as SHA-256, which does not lead back', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('a signer', () => {
  const { sign, verify } = signer(['new', 'old']);

  test('knows what it has signed, for that purpose and that text alone', () => {
    const code = sign('csrf', 'ann');
    expect(verify('csrf', 'ann', code)).toBe(true);
    expect(verify('csrf', 'bea', code)).toBe(false);
    expect(verify('visitor', 'ann', code)).toBe(false);
    for (const wrong of ['', 'x', code.slice(1), `${code}=`, code.toLowerCase(), 'ä'])
      expect(verify('csrf', 'ann', wrong)).toBe(false);
  });

  test('purpose and text do not run into one another', () => {
    expect(sign('a', 'bc')).not.toBe(sign('ab', 'c'));
  });

  test('still knows what an older key has signed, and nothing of a key that was taken away', () => {
    const before = signer(['old']).sign('csrf', 'ann');
    expect(verify('csrf', 'ann', before)).toBe(true);
    expect(sign('csrf', 'ann')).not.toBe(before);
    expect(signer(['new']).verify('csrf', 'ann', before)).toBe(false);
  });

  test('needs a key', () => expect(() => signer([])).toThrow('a signer needs a key'));
});

test('texts are the same or not, whatever their lengths', () => {
  expect([sameText('a', 'a'), sameText('a', 'b'), sameText('a', 'aa'), sameText('', '')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
