import { decodePick, decodePicks, type OnePick, type Pick } from '../../../src/lib/pick/fragment.ts';

const KEY = 'bowerbird.pick';
const SEVERAL = 'bowerbird.picks';
const HOUR = 3_600_000;

const isPicked = (): boolean => /^#v1(?:,|%2c)/i.test(location.hash);
const claimed = (fragment: string): number => (fragment.match(/(?:,|%2c|&)url\d+=/gi) ?? []).length;

/**
 * Moves a pick, or several, from the address into this tab's own storage, so that it outlives every kind of sign-in and
 * neither stands in the address bar nor in the history. A browser that keeps no storage leaves it in the address.
 */
export function carryPick(): void {
  if (!isPicked()) return;
  const pick = location.hash.slice(1);
  const several = claimed(pick) > 0 || /^\/save\b/.test(location.pathname);
  try {
    sessionStorage.setItem(several ? SEVERAL : KEY, JSON.stringify({ at: Date.now(), pick }));
    history.replaceState(null, '', location.pathname + location.search);
  } catch {
    // Full or forbidden.
  }
}

/** What waits in this tab, or in the address where there is no storage; an hour later nobody means it any more. */
function carried(key: string): string | null {
  try {
    const { at, pick } = JSON.parse(sessionStorage.getItem(key) ?? '') as { at: number; pick: string };
    if (Date.now() - at < HOUR) return pick;
  } catch {
    // None there.
  }
  return isPicked() ? location.hash.slice(1) : null;
}

export function carriedPick(): OnePick | null {
  const pick = carried(KEY);
  return pick === null ? null : decodePick(pick);
}

/** The picks for the page of several, and how many their list said they are; null where none were brought. */
export function carriedPicks(): { picks: Pick[]; claimed: number } | null {
  const fragment = carried(SEVERAL);
  return fragment === null ? null : { picks: decodePicks(fragment), claimed: claimed(fragment) };
}

const forget = (key: string): void => {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
};

export const forgetPick = (): void => forget(KEY);
export const forgetPicks = (): void => forget(SEVERAL);
