import type { Context } from 'koa';
import type { Signer } from '../../lib/secret.ts';

/** What a step of the way in may leave for the next one. */
export type SlipName = 'code' | 'passkey' | 'identity' | 'newcomer' | 'return';

/** Notes that a browser carries from one step to the next: signed, so that it cannot write them, and good for a while. */
export interface Slips {
  put(name: SlipName, value: Readonly<Record<string, string | number>>, lifeMs: number): void;
  /** What was put; null when it is not there, is not ours or has run out. */
  read(name: SlipName): Readonly<Record<string, string | number>> | null;
  drop(name: SlipName): void;
}

// Lax: the way back from another provider is a link from elsewhere, and the slip must come along.
const OPTIONS = { httpOnly: true, secure: true, sameSite: 'lax', path: '/', overwrite: true, signed: false } as const;

const cookieOf = (name: SlipName) => `__Host-slip-${name}`;

export function slipsOf(ctx: Context, signer: Signer): Slips {
  const purpose = (name: SlipName) => `slip ${name}`;
  // The request's cookie stays what it was: what this request did away with is not read again.
  const dropped = new Set<SlipName>();
  return {
    put(name, value, lifeMs) {
      const text = Buffer.from(JSON.stringify({ ...value, until: Date.now() + lifeMs })).toString('base64url');
      ctx.cookies.set(cookieOf(name), `${text}.${signer.sign(purpose(name), text)}`, { ...OPTIONS, maxAge: lifeMs });
    },
    read(name) {
      const [text = '', code = ''] = (ctx.cookies.get(cookieOf(name), { signed: false }) ?? '').split('.');
      if (dropped.has(name) || !text || !signer.verify(purpose(name), text, code)) return null;
      const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, string | number>;
      return Number(value['until']) > Date.now() ? value : null;
    },
    drop(name) {
      dropped.add(name);
      ctx.cookies.set(cookieOf(name), '', OPTIONS);
    },
  };
}
