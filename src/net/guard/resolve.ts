import { Resolver } from 'node:dns/promises';
import { codeOf, reasonOf, Unreachable } from './failure.ts';
import { IPV4_ONLY, translationsIn, type Translation } from './nat64.ts';

/** Answers names with addresses, and says how the network around translates IPv6 to IPv4. */
export interface Names {
  addressesOf(name: string, signal: AbortSignal): Promise<string[]>;
  translations(signal: AbortSignal): Promise<readonly Translation[]>;
}

/** More addresses than any host has: an answer that wants to be work. */
const MOST = 100;
const KEEP_TRANSLATIONS_MS = 10 * 60_000;

/**
 * Names by c-ares: it reads no hosts file and takes no thread of the pool that image work may have filled.
 * @param servers `ip:port`, or empty for the system's
 * @param budgetMs most that one question may take, tries included
 */
export function createNames(servers: readonly string[], budgetMs: number): Names {
  let kept: { translations: readonly Translation[]; until: number } | null = null;

  /** A new resolver each time: c-ares keeps answers for as long as their senders say, and we want none beyond the request. */
  async function ask<Answer>(signal: AbortSignal, question: (resolver: Resolver) => Promise<Answer>): Promise<Answer> {
    // c-ares doubles the time at the second try.
    const resolver = new Resolver({ timeout: Math.max(50, Math.round(budgetMs / 3)), tries: 2 });
    if (servers.length > 0) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.throwIfAborted();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await question(resolver);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  async function addressesOf(name: string, signal: AbortSignal): Promise<string[]> {
    const answers = await ask(signal, (resolver) =>
      Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]),
    );
    signal.throwIfAborted();
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length === 0) throw new Unreachable(`no address: ${failuresOf(answers)}`);
    if (addresses.length > MOST) throw new Unreachable(`${addresses.length} addresses for one name`);
    return addresses;
  }

  async function translations(signal: AbortSignal): Promise<readonly Translation[]> {
    if (kept && kept.until > performance.now()) return kept.translations;
    const answer = await ask(signal, (resolver) => resolver.resolve6(IPV4_ONLY)).catch(absent);
    signal.throwIfAborted();
    // No answer at all is not "none": it is asked again next time.
    if (answer === null) return [];
    kept = { translations: translationsIn(answer), until: performance.now() + KEEP_TRANSLATIONS_MS };
    return kept.translations;
  }

  return { addressesOf, translations };
}

function absent(error: unknown): string[] | null {
  return codeOf(error) === 'ENODATA' || codeOf(error) === 'ENOTFOUND' ? [] : null;
}

const failuresOf = (answers: readonly PromiseSettledResult<string[]>[]): string =>
  answers.map((answer) => (answer.status === 'rejected' ? reasonOf(answer.reason) : 'empty')).join(', ');
