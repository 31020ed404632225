import { rm } from 'node:fs/promises';
import { Refusal } from '../../errors.ts';
import { diskFull } from '../../storage/index.ts';
import { checkNopin } from '../nopin.ts';
import { checkQuota } from '../quota.ts';
import type { Saving } from '../tools.ts';
import type { SaveForm } from './form.ts';
import { addressesOf, isPoor, shownAt } from './best.ts';
import { keep, type Admitted } from './keep.ts';
import { savedBefore } from './once.ts';
import { receive, type Received, type Source } from './receive.ts';
import { ownerOf } from './watch.ts';
import { refuseSame } from './recognise.ts';

export type { Admitted } from './keep.ts';

/**
 * Takes an image in, whatever way it comes (design.md §4): received, inspected and High made, recognised, kept durably and
 * committed together with its tiers or with the job that makes them. Whatever throws on the way leaves no file, row or job behind; a
 * crash leaves at most `expected` rows, which the sweep takes.
 */
export async function admit(saving: Saving, ownerId: number, source: Source, form: SaveForm): Promise<Admitted> {
  checkNopin(saving.nopin, form.nopin, form.visibility);
  try {
    return await takeBest(saving, ownerId, source, form);
  } catch (error) {
    // The same form, sent twice at once, has found what it had saved itself.
    const mine =
      error instanceof Refusal && error.status === 409 ? await savedBefore(saving.db, ownerId, form.once) : null;
    if (mine) return { id: mine, outcome: 'again' };
    // Wherever on the way it was: a temporary file, a tier in the child, the database.
    throw diskFull(error) ?? error;
  }
}

/** One address after the other: a larger version that is missing, or another picture, must not lose the one that was picked. */
async function takeBest(saving: Saving, ownerId: number, source: Source, form: SaveForm): Promise<Admitted> {
  const addresses = source.way === 'address' ? addressesOf(source) : [];
  const last = addresses.at(-1);
  const plainly = (one: Source) => takeIn(saving, ownerId, form, () => receive(saving, one, ownerOf(ownerId)));
  if (source.way !== 'address' || last === undefined || addresses.length === 1) return plainly(source);
  const shown = shownAt(saving, ownerId, { ...source, url: last });
  const trying = { ...saving, fits: shown.fits };
  let first: unknown;
  try {
    for (const url of addresses) {
      try {
        if (url === last) return await takeIn(saving, ownerId, form, shown.take);
        return await takeIn(trying, ownerId, form, () => receive(trying, { ...source, url }, ownerOf(ownerId)));
      } catch (error) {
        if (!isPoor(error)) throw error;
        // What was picked stands in the form: what is wrong with it is what a person can mend.
        if (url === source.url || (first === undefined && url === last)) first = error;
        saving.log.info({ code: error.code }, 'an address of a picture was refused, trying the next');
      }
    }
  } finally {
    await shown.leave();
  }
  throw first;
}

async function takeIn(
  saving: Saving,
  ownerId: number,
  form: SaveForm,
  come: () => Promise<Received>,
): Promise<Admitted> {
  const before = await savedBefore(saving.db, ownerId, form.once);
  if (before) return { id: before, outcome: 'again' };
  const received = await come();
  try {
    await saving.step?.('received');
    await saving.imaging.recognise(received.file);
    await checkQuota(saving.db, ownerId, saving.quotaBytes, received.bytes);
    if (form.duplicate === 'ask') await refuseSame(saving.db, ownerId, received.sha256);
    return await keep(saving, { ownerId, form, received });
  } finally {
    // An upload's file belongs to whoever gave it: a form that is refused may keep it as a draft.
    if (received.way !== 'upload' && received.way !== 'rescue') await rm(received.file, { force: true });
  }
}
