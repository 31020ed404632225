import type { Context } from 'koa';
import { KoaPassport } from 'koa-passport';
import { Strategy } from 'passport-local';
import { checkCredentials, type Hashing } from '../../accounts/index.ts';
import type { Db } from '../../db/index.ts';

/** Checks who somebody is; each site has its own, since a shared one would answer for the wrong database. */
export type Authenticate = (ctx: Context, login: string, password: string) => Promise<number>;

export function createPassport(db: Db, hashing: Hashing): Authenticate {
  const passport = new KoaPassport();
  const check = new Strategy(
    { usernameField: 'login', passwordField: 'password', session: false },
    (login, password, done) => {
      void answer(checkCredentials(db, hashing, login, password), done);
    },
  );
  passport.use(check);
  return async (ctx, login, password) => {
    // Passport would look for what is empty in the address, where a password must never be.
    if (!login || !password) return checkCredentials(db, hashing, login, password);
    ctx.request.body = { login, password };
    let account: number | undefined;
    const run = passport.authenticate('local', { session: false }, async (error: unknown, id: unknown) => {
      if (error) throw error;
      account = typeof id === 'number' ? id : undefined;
    }) as unknown as (ctx: Context, next: () => Promise<void>) => Promise<void>;
    await run(ctx, async () => {});
    if (account === undefined) throw new Error('passport answered nobody');
    return account;
  };
}

async function answer(checking: Promise<number>, done: (error: unknown, id?: number) => void) {
  try {
    const id = await checking;
    done(null, id);
  } catch (error) {
    done(error);
  }
}
