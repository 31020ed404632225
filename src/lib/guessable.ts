/** Rows, columns and orders that fingers follow; each is walked both ways. */
const LINES =
  `12345678901234567890 abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop
  qsdfghjklm wxcvbn 1qaz 2wsx 3edc 4rfv 5tgb 6yhn 7ujm 8ik 9ol !@#$%^&*() 147 258 369 159 357 13579 24680 02468
  йцукенгшщзх фывапролджэ ячсмитьбю`
    .split(/\s+/)
    .flatMap((line) => [line, [...line].reverse().join('')]);

const SHORTEST = 3;

/** How far a text follows one line from its beginning; the same character again and again is a line as well. */
function stepsFrom(text: string): number {
  const same = /^(.)\1*/s.exec(text)?.[0].length ?? 0;
  const isOnLine = (length: number) =>
    length <= text.length && LINES.some((line) => line.includes(text.slice(0, length)));
  let steps = SHORTEST - 1;
  while (isOnLine(steps + 1)) steps++;
  return Math.max(same, steps);
}

/** How many characters of a text stand in no line of three or more. */
function astray(text: string): number {
  let lost = 0;
  for (let at = 0; at < text.length;) {
    const steps = stepsFrom(text.slice(at));
    if (steps < SHORTEST) lost++;
    at += steps < SHORTEST ? 1 : steps;
  }
  return lost;
}

const everySecond = (text: string, first: number) => [...text].filter((_, index) => index % 2 === first).join('');

const PAD: Readonly<Record<string, readonly [number, number]>> = Object.fromEntries(
  [...'789456123'].map((digit, index) => [digit, [index % 3, Math.floor(index / 3)]]),
);

/** `12369874`: each digit beside the one before it on the keypad. */
function isOnKeypad(text: string): boolean {
  if (!/^[1-9]{4,}$/.test(text)) return false;
  return [...text].every((digit, index) => {
    const [x = 0, y = 0] = PAD[digit] ?? [];
    const [u = x, v = y] = PAD[text[index - 1] ?? digit] ?? [];
    return Math.abs(x - u) <= 1 && Math.abs(y - v) <= 1;
  });
}

/**
 * Whether a text is nothing but a way over the keyboard or along an order everybody knows: `qwerty12345`, `1q2w3e4r`,
 * `1qaz2wsx`, `11223344`, `98765432`. A character or two that do not fit change nothing. In time linear in the text, which
 * is cut: a long text is none of these.
 */
export function isWalk(given: string): boolean {
  const text = given.toLowerCase();
  if (text.length < SHORTEST || text.length > 40) return false;
  const once = text.replace(/(.)\1+/gsu, '$1');
  const spare = Math.min(2, Math.floor(text.length / 5));
  if (once.length < SHORTEST || isOnKeypad(text)) return true;
  if (astray(text) <= spare || (once.length >= 4 && astray(once) === 0)) return true;
  return text.length >= 6 && astray(everySecond(text, 0)) === 0 && astray(everySecond(text, 1)) === 0;
}
