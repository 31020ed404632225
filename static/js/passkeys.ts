import { find, findAll } from './lib/dom.ts';
import { createPasskey, usePasskey, type CreationJson, type RequestJson } from './lib/webauthn.ts';

/** A challenge is good for five minutes: an open page asks for a new one before. */
const RENEW_MS = 4 * 60 * 1000;

/** A sentence that the server said. */
class Said extends Error {}

/** What waits in the suggestions; the browser does one thing at a time. */
let quiet = new AbortController();

async function askFor(form: HTMLFormElement): Promise<unknown> {
  const token = find<HTMLInputElement>('[name=_csrf]', form)?.value ?? '';
  const headers = { Accept: 'application/json', 'X-CSRF-Token': token };
  const answer = await fetch(form.dataset['options'] ?? '', { method: 'POST', headers });
  const body = (await answer.json()) as { options?: unknown; error?: { message: string } };
  if (body.error) throw new Said(body.error.message);
  return body.options;
}

function sendWith(form: HTMLFormElement, credential: object): void {
  const field = find<HTMLInputElement>('[name=credential]', form);
  if (field) field.value = JSON.stringify(credential);
  form.submit();
}

function tell(form: HTMLFormElement, error: unknown): void {
  const { cancelled = '', failed = '', known = '' } = form.dataset;
  const name = error instanceof DOMException ? error.name : '';
  const words = name === 'NotAllowedError' ? cancelled : name === 'InvalidStateError' ? known || failed : failed;
  const place = find('[data-passkey-trouble]', form);
  if (place) place.textContent = error instanceof Said ? error.message : words;
}

async function run(form: HTMLFormElement): Promise<void> {
  quiet.abort();
  const place = find('[data-passkey-trouble]', form);
  if (place) place.textContent = '';
  const button = find<HTMLButtonElement>('button', form);
  if (button) button.disabled = true;
  try {
    const options = await askFor(form);
    const making = form.dataset['passkey'] === 'create';
    const signal = new AbortController().signal;
    sendWith(
      form,
      making ? await createPasskey(options as CreationJson) : await usePasskey(options as RequestJson, signal, false),
    );
  } catch (error) {
    tell(form, error);
    void offer(form);
  } finally {
    if (button) button.disabled = false;
  }
}

/** Offers passkeys where the browser suggests names, and says nothing when there are none. */
async function offer(form: HTMLFormElement): Promise<void> {
  // The page that says what was wrong with a passkey does not offer the same one at once.
  if (!('passkeyQuiet' in form.dataset) || location.pathname === new URL(form.action).pathname) return;
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  quiet = new AbortController();
  const mine = quiet;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    mine.abort();
  }, RENEW_MS);
  try {
    sendWith(form, await usePasskey((await askFor(form)) as RequestJson, mine.signal, true));
  } catch {
    if (late) void offer(form);
  } finally {
    clearTimeout(timer);
  }
}

if ('PublicKeyCredential' in globalThis && 'credentials' in navigator)
  for (const form of findAll<HTMLFormElement>('[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void run(form);
    });
    void offer(form);
  }
