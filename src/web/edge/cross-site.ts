import type { Context } from 'koa';
import { Refusal } from '../../errors.ts';

/**
 * Refuses what another site made a browser send. Browsers say where a request comes from, in Origin or else in
 * Sec-Fetch-Site; where both are missing the form's token alone decides. A page that tells its address to nobody (`no-referrer`)
 * makes browsers send `Origin: null`: then Sec-Fetch-Site must say that it was one of ours, or, where what the device's share
 * sheet sends is `expected`, that no page sent it at all: no site can make a browser say that.
 */
export function refuseForeign(ctx: Context, ownOrigin: string, expected = false) {
  const origin = ctx.get('origin');
  const site = ctx.get('sec-fetch-site');
  const hidden = origin === 'null' && (site === 'same-origin' || (expected && site === 'none'));
  const foreign = origin ? origin !== ownOrigin : site !== '' && site !== 'same-origin' && site !== 'none';
  if (foreign && !hidden) throw new Refusal(403, 'foreign', 'error.foreign');
}
