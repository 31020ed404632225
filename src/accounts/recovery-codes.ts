import { randomBytes } from 'node:crypto';
import type { Db } from '../db/index.ts';
import type { Hashing } from './hashing.ts';

/** Without i, l, o and u: what is written down by hand is read back as it was meant. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;
/** These find the row; the twelve characters behind them are 60 bits that nobody knows. */
const HEAD = 4;
const HOW_MANY = 10;

export interface NewCodes {
  /** As they are shown, once: `abcd-efgh-jkmn-pqrs`. */
  shown: string[];
  rows: { head: string; code_hash: string }[];
}

/** Ten codes for the day the telephone is lost. They are hashed as passwords are: at 60 bits a fast hash could be searched. */
export async function makeCodes(hashing: Hashing): Promise<NewCodes> {
  const codes = new Map<string, string>();
  while (codes.size < HOW_MANY) {
    const code = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
    codes.set(code.slice(0, HEAD), code);
  }
  const rows = [...codes].map(async ([head, code]) => ({ head, code_hash: await hashing.hashCode(code) }));
  const shown = [...codes.values()].map((code) => code.match(/.{4}/g)?.join('-') ?? code);
  return { shown, rows: await Promise.all(rows) };
}

/** Puts new codes in the place of all that there were. */
export async function replaceCodes(db: Db, accountId: number, rows: NewCodes['rows']) {
  await db('recovery_codes').where({ account_id: accountId }).delete();
  await db('recovery_codes').insert(rows.map((row) => ({ account_id: accountId, ...row })));
}

/** Uses up a code, however it was typed; false when it is none, or was used before. */
export async function takeCode(
  db: Db,
  hashing: Hashing,
  accountId: number,
  typed: string,
  now: number,
): Promise<boolean> {
  const code = readCode(typed);
  if (code === null) return false;
  const unused = { account_id: accountId, head: code.slice(0, HEAD), used_at: null };
  const row = await db('recovery_codes').where(unused).first('code_hash');
  if (!row || !(await hashing.matches(code, row.code_hash))) return false;
  // Two who send the same code at once: the row lets one of them through.
  return (
    (await db('recovery_codes')
      .where({ ...unused, code_hash: row.code_hash })
      .update({ used_at: now })) === 1
  );
}

export const codesLeft = async (db: Db, accountId: number): Promise<number> => {
  const row = await db('recovery_codes').where({ account_id: accountId, used_at: null }).count('* as n').first();
  return Number(row?.['n'] ?? 0);
};

function readCode(typed: string): string | null {
  const code = typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : null;
}
