import { avifs } from './avifs.ts';
import { bombs } from './bombs.ts';
import type { Case } from './case.ts';
import { cuts } from './cuts.ts';
import { foreign } from './foreign.ts';
import { gifs } from './gifs.ts';
import { jpegs } from './jpegs.ts';
import { metadata } from './metadata.ts';
import { pngs } from './pngs.ts';
import { polyglots } from './polyglots.ts';
import { profiles } from './profiles.ts';
import { sizes } from './sizes.ts';
import { webps } from './webps.ts';

export type { Case, Refused, Taken } from './case.ts';

const FAMILIES = { foreign, cuts, polyglots, bombs, metadata, profiles, jpegs, pngs, gifs, webps, avifs, sizes };

export const families = Object.keys(FAMILIES) as (keyof typeof FAMILIES)[];

/** Whatever may be thrown at the site, with what is to become of it, by family. */
export async function corpus(): Promise<Record<keyof typeof FAMILIES, Case[]>> {
  const made = families.map(async (family) => [family, await FAMILIES[family]()] as const);
  return Object.fromEntries(await Promise.all(made)) as Record<keyof typeof FAMILIES, Case[]>;
}
