// Saves pictures again and again while it is let, in a process of its own: what it does itself must not slow down whoever
// looks on. Started with the site's address, how many at once, and the photographs.
import { setPriority } from 'node:os';
import { uploadAll } from './uploads.ts';

// Whoever sends is on another machine, and takes no processor from the site.
setPriority(10);

const [base = '', atOnce = '4', ...photos] = process.argv.slice(2);
let enough = false;

/** Each pass over the photographs with the token of another member, who has none of them yet. */
async function save(tokens: readonly string[]) {
  enough = false;
  let passes = 0;
  for (const token of tokens) {
    if (enough) break;
    await uploadAll(base, token, photos, Number(atOnce));
    passes++;
  }
  if (!enough) throw new Error('more pictures went in than there are members for');
  process.send?.({ passes });
}

process.on('message', (told: 'enough' | readonly string[]) => {
  if (told === 'enough') enough = true;
  else void save(told);
});
process.send?.('here');
