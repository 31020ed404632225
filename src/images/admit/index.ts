import { rm } from 'node:fs/promises';
import { Refusal } from '../../errors.ts';
import { diskFull } from '../../storage/index.ts';
import { checkQuota } from '../quota.ts';
import type { Saving } from '../tools.ts';
import type { SaveForm } from './form.ts';
import { keep, type Admitted } from './keep.ts';
import { savedBefore } from './once.ts';
import { receive, type Source } from './receive.ts';
import { ownerOf } from './watch.ts';
import { refuseSame } from './recognise.ts';

export type { Admitted } from './keep.ts';

/**
 * Takes an image in, whatever way it comes (design.md §4): received, inspected and High made, recognised, kept durably and
 * committed together with its tiers or with the job that makes them. Whatever throws on the way leaves no file, row or job behind; a
 * crash leaves at most `expected` rows, which the sweep takes.
 */
export async function admit(saving: Saving, ownerId: number, source: Source, form: SaveForm): Promise<Admitted> {
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

/** What may be wrong with the best address of a picture, when the one that the page showed is not. */
const POOR = new Set([
  'bad_address',
  'unreachable',
  'http_status',
  'too_slow',
  'not_an_image',
  'broken',
  'too_large',
  'too_small',
  'too_many_pixels',
]);
const isPoor = (error: unknown) => error instanceof Refusal && error.status === 422 && POOR.has(error.code);

/** The best address first, then the one that the page showed: a larger version that is missing must not lose the picture. */
async function takeBest(saving: Saving, ownerId: number, source: Source, form: SaveForm): Promise<Admitted> {
  const seen = source.way === 'address' && source.seenUrl !== source.url ? source.seenUrl : null;
  return takeIn(saving, ownerId, source, form).catch((error: unknown) => {
    if (source.way !== 'address' || !seen || !isPoor(error)) throw error;
    saving.log.info({ code: (error as Refusal).code }, 'best address refused, trying the one the page showed');
    return takeIn(saving, ownerId, { ...source, url: seen }, form).catch((second: unknown) => {
      // The best address stands in the form: what is wrong with it is what a person can mend.
      throw isPoor(second) ? error : second;
    });
  });
}

async function takeIn(saving: Saving, ownerId: number, source: Source, form: SaveForm): Promise<Admitted> {
  const before = await savedBefore(saving.db, ownerId, form.once);
  if (before) return { id: before, outcome: 'again' };
  const received = await receive(saving, source, ownerOf(ownerId));
  try {
    await saving.step?.('received');
    await saving.imaging.recognise(received.file);
    await checkQuota(saving.db, ownerId, saving.quotaBytes, received.bytes);
    if (form.duplicate === 'ask') await refuseSame(saving.db, ownerId, received.sha256);
    return await keep(saving, { ownerId, form, received });
  } finally {
    // An upload's file belongs to whoever gave it: a form that is refused may keep it as a draft.
    if (source.way !== 'upload') await rm(received.file, { force: true });
  }
}
