const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes as people say it: 25 MB, 1.4 MB, 900 bytes. */
export function sizeInWords(bytes: number): string {
  let unit = 0;
  let amount = bytes;
  for (; amount >= 1000 && unit < UNITS.length - 1; unit++) amount /= 1024;
  const digits = unit > 0 && amount < 10 && !Number.isInteger(amount) ? 1 : 0;
  return `${amount.toFixed(digits)} ${UNITS[unit]}`;
}

/** Below this there is room for some hundred images more; then nothing is saved any longer. */
export const SCARCE_BYTES = 1024 ** 3;
