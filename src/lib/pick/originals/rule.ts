/**
 * What to put for an address without its `https://`: the pattern, and the larger ones, best first, parted by `|`. What
 * the pattern did not match stays behind them.
 * `@` leads an address that was wrapped in another, escaped or relative; `!` a rule that also holds for signed addresses.
 *
 * Patterns run on whatever a page holds: counts are bounded wherever two of them could share a text, and what must stand
 * somewhere before is looked for once, from the start.
 */
export type Rule = readonly [pattern: RegExp, larger: string];
