import { createHashing } from '../../src/accounts/index.ts';
import { Refusal } from '../../src/errors.ts';
import { cheapHashing } from '../support/hashing.ts';

const PASSWORD = 'a heap of blue things';

test('a password is kept as argon2id, with more memory and passes than OWASP asks for at the least', async () => {
  const hashing = createHashing();
  const stored = await hashing.hash(PASSWORD);
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=4,p=1\$/);
  expect([await hashing.matches(PASSWORD, stored), hashing.isWeak(stored)]).toEqual([true, false]);
  const code = await hashing.hashCode('abcdefghjkmnpqrs');
  expect(code).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('the same password has another hash each time, and nothing else opens it', async () => {
  const hashing = cheapHashing();
  const [one, other] = await Promise.all([hashing.hash(PASSWORD), hashing.hash(PASSWORD)]);
  expect(one).not.toBe(other);
  expect(await hashing.matches(PASSWORD, one)).toBe(true);
  for (const wrong of ['', ' ', PASSWORD.toUpperCase(), `${PASSWORD}\0`, PASSWORD.slice(1)])
    expect(await hashing.matches(wrong, one)).toBe(false);
  expect(await hashing.matches(PASSWORD, null)).toBe(false);
});

test('of more than two hundred who wait, the others are told to come back, and then it goes on as ever', async () => {
  const hashing = cheapHashing();
  const all = await Promise.allSettled(Array.from({ length: 260 }, () => hashing.hash(PASSWORD)));
  const refused = all.filter((one) => one.status === 'rejected').map(({ reason }) => reason as Refusal);
  expect(refused.length).toBeGreaterThan(50);
  expect(refused.length).toBeLessThan(60);
  expect(refused[0]).toMatchObject({ status: 503, code: 'busy', retryAfter: 5 });
  expect(await hashing.matches(PASSWORD, await hashing.hash(PASSWORD))).toBe(true);
});
