import type { Place } from './place.ts';
import type { Ask } from './protocol.ts';

/**
 * Asks how far pictures differ. They are tiers that we made ourselves, and nobody is worse off without an answer: there is
 * one attempt, and nothing is anybody's fault.
 */
export async function compared(
  place: Place,
  question: Pick<Ask, 'file' | 'format' | 'limits' | 'memoryMb' | 'cut'> & Required<Pick<Ask, 'beside'>>,
): Promise<number[]> {
  const ask: Ask = { ...question, id: 1, task: 'compare', folder: '', stem: '', tiers: [], also: [], stills: 'jpeg' };
  const { answer, death } = await place.ask(ask, () => {});
  if (answer?.say === 'compared' && answer.apart.length === question.beside.length) return answer.apart;
  if (answer?.say === 'compared' || answer?.say === 'done') await place.dismiss('nonsense');
  throw new Error(`pictures could not be compared: ${death ?? JSON.stringify(answer)}`);
}
