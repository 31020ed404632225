import { decodePick, type Pick } from '../../../src/lib/pick/fragment.ts';

const KEY = 'bowerbird.pick';
const HOUR = 3_600_000;

/**
 * Moves a pick from the address into this tab's own storage, so that it outlives every kind of sign-in and neither
 * stands in the address bar nor in the history. A browser that keeps no storage leaves it in the address.
 */
export function carryPick(): void {
  if (!location.hash.startsWith('#v1,')) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ at: Date.now(), pick: location.hash.slice(1) }));
    history.replaceState(null, '', location.pathname + location.search);
  } catch {
    // Full or forbidden.
  }
}

/** The pick that waits in this tab, or in the address where there is no storage; an hour later nobody means it any more. */
export function carriedPick(): Pick | null {
  try {
    const { at, pick } = JSON.parse(sessionStorage.getItem(KEY) ?? '') as { at: number; pick: string };
    if (Date.now() - at < HOUR) return decodePick(pick);
  } catch {
    // None there.
  }
  return location.hash.startsWith('#v1,') ? decodePick(location.hash.slice(1)) : null;
}

export function forgetPick(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept either.
  }
}
