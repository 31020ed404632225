import { say, type Said } from './words/index.ts';

const UNITS = ['unit.bytes', 'unit.kb', 'unit.mb', 'unit.gb', 'unit.tb'] as const;

/** A number of bytes as people say it: 25 MB, 1.4 MB, 900 bytes. */
export function sizeInWords(bytes: number): Said {
  let unit = 0;
  let amount = bytes;
  for (; amount >= 1000 && unit < UNITS.length - 1; unit++) amount /= 1024;
  return say(UNITS[unit] ?? 'unit.bytes', { amount: amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount) });
}

/** Below this there is room for some hundred images more; then nothing is saved any longer. */
export const SCARCE_BYTES = 1024 ** 3;
