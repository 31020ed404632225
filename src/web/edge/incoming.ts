import type { Context } from 'koa';
import { Refusal } from '../../errors.ts';
import type { Route } from '../route.ts';
import type { Form, Site, Visit } from '../visit.ts';
import { countedAs } from './limits.ts';

/** A form that may bring a file: one of those that its member sends at once, and word of how far it is. */
export interface Incoming {
  /** Too many are on their way: then the file is passed over, and the form read all the same, to be shown as it was left. */
  tooMany: Refusal | null;
  /** So many bytes of the file are here, behind these fields of the form. */
  received(form: Form, bytes: number): void;
  failed(error: unknown): void;
  leave(): void;
}

/** Null where a route takes no file. */
export function takeIncoming(ctx: Context, route: Route, site: Site, visit: Visit): Incoming | null {
  if (!route.upload) return null;
  const { member } = visit;
  const { tooMany, leave } = enter(site, visit);
  const total = Number(ctx.get('content-length')) || null;
  // A member's photo has no page that waits for it.
  const saver = route.upload === 'image' && member ? member.id : null;
  return {
    tooMany,
    leave,
    received(form, bytes) {
      if (saver !== null) site.saves.note(saver, form['once'], { state: 'receiving', bytes, total });
    },
    failed(error) {
      const key = visit.form['once'];
      if (saver === null) return;
      if (error instanceof Refusal) site.saves.note(saver, key, { state: 'refused', refusal: error });
      else site.saves.forget(saver, key);
    },
  };
}

function enter({ limits }: Site, { member, device }: Visit): Pick<Incoming, 'tooMany' | 'leave'> {
  try {
    return { tooMany: null, leave: limits.enter('uploads', countedAs(member, device.address)) };
  } catch (error) {
    if (error instanceof Refusal) return { tooMany: error, leave() {} };
    throw error;
  }
}
