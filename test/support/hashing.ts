import { createHashing, type HashingOptions } from '../../src/accounts/index.ts';

/** Hashes that cost next to nothing: most tests are not about how long a guess takes. */
export const CHEAP: HashingOptions = { cost: { memory: 16, passes: 1 } };

export const cheapHashing = () => createHashing(CHEAP);
