import './leash.ts';
import sharp from 'sharp';
import { BOX_TIERS } from '../../lib/tiers.ts';
import type { Ask, Reply } from '../protocol.ts';
import { factsOf } from './facts.ts';
import { outcomeOf } from './failures.ts';
import { decode } from './pixels.ts';
import { openSource } from './source.ts';
import type { Source } from './source.ts';
import { makeTiers } from './tiers.ts';

// One picture, one thread: the pool has as many children as there is room for.
sharp.concurrency(1);
sharp.cache(false);

process.on('message', (ask: Ask) => void serve(ask));
tell({ say: 'ready' });

async function serve(ask: Ask) {
  let source: Source | undefined;
  try {
    source = await openSource(ask);
    if (source.animated) tell({ say: 'animated', id: ask.id });
    tell(await carryOut(ask, source));
  } catch (error) {
    tell({ id: ask.id, ...outcomeOf(error, ask, source) });
  }
}

async function carryOut(ask: Ask, source: Source): Promise<Reply> {
  // The frames of an animation are decoded for each tier, and somebody waits.
  const wanted = source.animated ? ask.tiers : [...ask.tiers, ...ask.also];
  const boxes = wanted.filter((tier) => tier !== 'full');
  // A picture of which only `full` is asked for is still looked at small, to see whether anything shines through.
  const pixels = await decode(source, boxes.length > 0 ? boxes : BOX_TIERS);
  const tiers = await makeTiers(source, pixels, { ...ask, tiers: wanted });
  const facts = ask.task === 'inspect' ? await factsOf(source, pixels) : null;
  return { say: 'done', id: ask.id, facts, tiers };
}

function tell(reply: Reply) {
  process.send?.(reply);
}
