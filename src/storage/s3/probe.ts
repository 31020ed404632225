import { WrongSetting } from '../../lib/settings.ts';
import type { S3Setting } from '../../lib/store-settings.ts';
import { words, type WordKey } from '../../lib/words/index.ts';
import type { Asker } from './ask.ts';
import { codeOf, StoreFault } from './faults.ts';

/** What is put and removed to see that it can be: no key of an image is called so. */
const PROBE = 'bowerbird-probe';

/**
 * Lists, writes and removes, as the site will.
 * @throws WrongSetting that says what was tried, what came back, and what to look at
 */
export async function probe({ name }: S3Setting, asker: Asker): Promise<void> {
  const trying = async (what: 'list' | 'write' | 'remove', work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      throw new WrongSetting('storage.probe', { name, what: words(`storage.try_${what}`), answer: answerOf(error) });
    }
  };
  const list = { 'list-type': '2', 'max-keys': '1' };
  await trying('list', async () => (await asker.ask({ method: 'GET', query: list })).body.dump());
  await trying('write', async () => {
    const headers = { 'content-length': '0' };
    await (await asker.ask({ method: 'PUT', key: PROBE, headers })).body.dump();
  });
  await trying('remove', async () =>
    (await asker.ask({ method: 'DELETE', key: PROBE, expects: [200, 204, 404] })).body.dump(),
  );
}

/** What to look at, by S3's own code. */
const ANSWERS: Readonly<Record<string, WordKey>> = {
  SignatureDoesNotMatch: 'storage.answer_secret',
  InvalidAccessKeyId: 'storage.answer_key',
  AccessDenied: 'storage.answer_denied',
  RequestTimeTooSkewed: 'storage.answer_clock',
  RequestExpired: 'storage.answer_clock',
  NoSuchBucket: 'storage.answer_bucket',
  AuthorizationHeaderMalformed: 'storage.answer_region',
  PermanentRedirect: 'storage.answer_region',
};

/** And by what broke on the way. */
const WAYS: readonly (readonly [RegExp, WordKey])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'storage.way_name'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/, 'storage.way_refused'],
  [/TIMEOUT|ETIMEDOUT/, 'storage.way_silent'],
  [/WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH|HPE_/, 'storage.way_scheme'],
  [/CERT|UNABLE_TO|SELF_SIGNED/, 'storage.way_certificate'],
];

function answerOf(error: unknown): string {
  const fault = faultIn(error);
  if (fault)
    return words(ANSWERS[fault.code] ?? 'storage.answer', { status: fault.status, code: fault.code || '(no code)' });
  const code = codeOf(error) ?? String(error);
  return words(WAYS.find(([pattern]) => pattern.test(code))?.[1] ?? 'storage.way', { code });
}

function faultIn(error: unknown): StoreFault | null {
  if (error instanceof StoreFault) return error;
  return error instanceof Error && error.cause !== undefined ? faultIn(error.cause) : null;
}
