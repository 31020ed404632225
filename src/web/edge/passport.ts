import type { Context } from 'koa';
import { KoaPassport } from 'koa-passport';
import { Strategy } from 'passport-local';
import { checkCredentials } from '../../accounts/index.ts';
import type { Db } from '../../db/index.ts';

/** Checks who somebody is; each site has its own, since a shared one would answer for the wrong database. */
export type Authenticate = (ctx: Context) => Promise<number>;

export function createPassport(db: Db): Authenticate {
  const passport = new KoaPassport();
  const check = new Strategy(
    { usernameField: 'login', passwordField: 'password', session: false },
    (login, password, done) => {
      void answer(checkCredentials(db, login, password), done);
    },
  );
  passport.use(check);
  return async (ctx) => {
    let account: number | undefined;
    const run = passport.authenticate('local', { session: false }, async (error: unknown, id: unknown) => {
      if (error) throw error;
      account = typeof id === 'number' ? id : undefined;
    }) as unknown as (ctx: Context, next: () => Promise<void>) => Promise<void>;
    await run(ctx, async () => {});
    // Passport itself refuses an empty name or password, before the account is asked.
    return account ?? checkCredentials(db, '', '');
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
