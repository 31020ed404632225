import { randomBytes } from 'node:crypto';
import type { Log } from '../lib/log.ts';
import type { Rendition } from '../lib/tiers.ts';
import type { RenderedTier } from './index.ts';
import type { Place } from './place.ts';
import type { Poison } from './poison.ts';
import { closedError } from './pool.ts';
import type { Ask, Facts, MadeTier } from './protocol.ts';
import { givenUp, nobodyStarts, refusalOf, tooHeavy } from './refusals.ts';
import { checkTiers, removeLeftovers } from './results.ts';
import type { Answer, Death } from './supervised.ts';

export type Made = RenderedTier<Rendition>[];

/** Of an inspected picture: what is known as soon as the tiers are made that somebody waits for. */
export interface Inspecting {
  facts: Facts;
  tiers: Made;
}

/** Once may be a neighbour's fault, or the system's: only what kills two children is blamed. */
const ATTEMPTS = 2;

const HOUR = 60 * 60_000;
/** How long a picture is blamed; what was only slow may have been the fault of a busy machine. */
const DAY = 24 * HOUR;

export interface Circumstances {
  poison: Poison;
  log: Log;
}

/**
 * Asks for a picture's facts and tiers, once more in a fresh child where the first died over it. `told` hears of an
 * inspected picture before its further tiers are made; these are the answer. Throws a Refusal where the picture is at fault,
 * another error (with the system's `code`, ENOSPC say) where it is not; then no file is left but what was told of.
 * Whether to take a picture that has killed is not asked of children again. To make its tiers is: what a job is refused
 * is final, and whoever has it tried again means it.
 */
export async function attempts(
  place: Place,
  question: Omit<Ask, 'id' | 'stem'>,
  { poison, log }: Circumstances,
  told: (made: Inspecting) => void = () => {},
): Promise<Made> {
  const known = question.task === 'inspect' ? await poison.known(question.file) : undefined;
  if (known) throw known;
  for (let attempt = 1; ; attempt++) {
    // The names are ours and new each time, so that a child that died late cannot have a hand in the next one's files.
    const ask: Ask = { ...question, id: attempt, stem: randomBytes(16).toString('hex') };
    const given = new Set<string>();
    try {
      let telling = Promise.resolve();
      const tell = async (facts: Facts, tiers: readonly MadeTier[]) => {
        const seen = await believed(place, log, checkTiers(ask, ask.tiers, tiers));
        if (!seen) return;
        for (const { name } of tiers) given.add(name);
        told({ facts, tiers: seen });
      };
      const { answer, death, lastWords } = await place.ask(ask, ({ facts, tiers }) => {
        telling = tell(facts, tiers);
      });
      await telling;
      const made = answer && (await accepted(place, ask, answer, log));
      if (made) return made;
      if (attempt === ATTEMPTS || death === 'memory') await blame(poison, question.file, death);
      if (attempt === ATTEMPTS && death === 'start') log.error({ lastWords }, 'imaging children do not start');
      if (given.size > 0 || attempt === ATTEMPTS || death === 'memory' || death === 'closed')
        throw causeOf(death, lastWords);
    } catch (error) {
      await removeLeftovers(ask, given);
      throw error;
    }
    await removeLeftovers(ask, given);
  }
}

/** What the child made, if it is what it says; nothing where the child is not to be believed, and gone. */
async function accepted(place: Place, ask: Ask, answer: Answer, log: Log): Promise<Made | undefined> {
  if (answer.say === 'refused') throw refusalOf(answer.refusal, ask, answer.detail);
  if (answer.say === 'failed') throw Object.assign(new Error(`imaging: ${answer.message}`), { code: answer.code });
  if (answer.say === 'compared') return believed(place, log, Promise.reject(new Error('compared, unasked')));
  return believed(place, log, checkTiers(ask, ask.task === 'render' ? ask.tiers : ask.also, answer.tiers));
}

async function believed(place: Place, log: Log, checking: Promise<Made>): Promise<Made | undefined> {
  try {
    return await checking;
  } catch (error) {
    log.error({ err: error }, 'an imaging child said what is not so');
    await place.dismiss('nonsense');
    return undefined;
  }
}

async function blame(poison: Poison, file: string, death: Death | undefined) {
  if (death === 'closed' || death === 'start') return;
  const refusal = death === 'memory' ? tooHeavy : givenUp;
  // It may be gone by now: what somebody waited for was there.
  await poison.remember(file, refusal, death === 'clock' ? HOUR : DAY).catch(() => {});
}

function causeOf(death: Death | undefined, lastWords = ''): Error {
  if (death === 'closed') return closedError();
  if (death === 'memory') return tooHeavy();
  if (death === 'start') return nobodyStarts(lastWords);
  return givenUp();
}
