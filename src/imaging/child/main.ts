import './leash.ts';
import sharp from 'sharp';
import { BOX_TIERS } from '../../lib/tiers.ts';
import type { Ask, Reply } from '../protocol.ts';
import { difference, differenceCut } from './compare.ts';
import { factsOf } from './facts.ts';
import { outcomeOf } from './failures.ts';
import { decode } from './pixels.ts';
import { openSource } from './source.ts';
import type { Source } from './source.ts';
import { tierMaker } from './tiers.ts';

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
    await carryOut(ask, source);
  } catch (error) {
    tell({ id: ask.id, ...outcomeOf(error, ask, source) });
  }
}

async function carryOut(ask: Ask, source: Source): Promise<void> {
  if (ask.task === 'compare') return tell({ say: 'compared', id: ask.id, apart: await compare(ask, source) });
  // The frames of an animation are decoded for each tier: what nobody waits for is left to the job.
  const also = source.animated ? [] : ask.also;
  const boxes = [...ask.tiers, ...also].filter((tier) => tier !== 'full');
  // A picture of which only `full` is asked for is still looked at small, to see whether anything shines through.
  const pixels = await decode(source, boxes.length > 0 ? boxes : BOX_TIERS);
  const make = tierMaker(source, pixels, ask);
  const tiers = await make(ask.tiers);
  if (ask.task === 'render') return tell({ say: 'done', id: ask.id, tiers });
  tell({ say: 'seen', id: ask.id, facts: await factsOf(source, pixels), tiers });
  const names = new Set(tiers.map(({ name }) => name));
  // What is the same as High is already there, and may be on its way to the store.
  tell({ say: 'done', id: ask.id, tiers: (await make(also)).filter(({ name }) => !names.has(name)) });
}

/** How far each picture of `ask.beside` differs from the source. */
async function compare(ask: Ask, source: Source): Promise<number[]> {
  const one = await decode(source, ['low']);
  const apart: number[] = [];
  for (const beside of ask.beside ?? []) {
    const other = await decode(await openSource({ ...ask, ...beside }), ['low']);
    apart.push((ask.cut ? differenceCut : difference)(one.small, other.small));
  }
  return apart;
}

function tell(reply: Reply) {
  process.send?.(reply);
}
