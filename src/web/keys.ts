import { say } from '../lib/words/index.ts';
import { page } from './answer.ts';

/** GET /keys: what single keys do, and whether they do it in this browser. */
export const keys = () => page('keys', {}, { title: say('keys.heading') });
