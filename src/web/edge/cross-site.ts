import type { Context } from 'koa';
import { Refusal } from '../../errors.ts';

/**
 * Refuses what another site made a browser send. Browsers say where a request comes from, in Origin or else in
 * Sec-Fetch-Site; where both are missing the form's token alone decides.
 */
export function refuseForeign(ctx: Context, ownOrigin: string) {
  const origin = ctx.get('origin');
  const site = ctx.get('sec-fetch-site');
  const foreign = origin ? origin !== ownOrigin : site !== '' && site !== 'same-origin' && site !== 'none';
  if (foreign) throw new Refusal(403, 'foreign', 'error.foreign');
}
