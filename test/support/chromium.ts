import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { rootDir } from '../../src/lib/root.ts';

/**
 * A real headless Chromium out of an npm package, for tests. What it takes care of:
 * - The package's own list of arguments switches web security off; none of it is used here.
 * - No fonts and no NSS on the machine: both come out of the package, else text is 0 px wide and clicks never land.
 * - Nothing but loopback is ever looked up, whatever a page asks for.
 * - Every call ends: what Playwright gives no limit of its own (evaluate, CDP) goes through `within`.
 *
 * The usual way: `const browser = await launchChromium()` in beforeAll, `const page = await openPage(browser)` in a test,
 * `await closeChromium(browser)` in afterAll.
 */
export interface ChromiumOptions {
  /** Names that lead to this machine, such as `photos.example`; all other names are unknown. */
  hosts?: readonly string[];
  /** SHA-256 of public keys (SPKI, base64) whose certificates are accepted. Name constraints are then not looked at. */
  trustedKeys?: readonly string[];
  /** More arguments, for what a test is about. */
  args?: readonly string[];
}

const LAUNCH_MS = 20_000;
const ACTION_MS = 20_000;
const CALL_MS = 30_000;

/** Starts a browser; the first time on a machine it is unpacked, which takes some seconds. */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const folder = await unpackChromium();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: argumentsFor(options),
    env: environmentFor(folder),
    timeout: LAUNCH_MS,
    // jest ends its workers by itself; handlers of Playwright's in between would only swallow the signals.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Ends the browser, however badly its pages are stuck. */
export const closeChromium = (browser: Browser | undefined): Promise<void> =>
  within(CALL_MS, 'closing Chromium', browser?.close() ?? Promise.resolve());

/** A new page in a context of its own (own cookies and storage), in which every action of Playwright's has a limit. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context: BrowserContext = await within(CALL_MS, 'a new context', browser.newContext(options));
  context.setDefaultTimeout(ACTION_MS);
  context.setDefaultNavigationTimeout(CALL_MS);
  return within(CALL_MS, 'a new page', context.newPage());
}

function argumentsFor({ hosts = [], trustedKeys = [], args = [] }: ChromiumOptions): string[] {
  const rules = [...hosts.map((host) => `MAP ${host} 127.0.0.1`), 'MAP * ~NOTFOUND'];
  const exceptions = ['localhost', '127.0.0.1', '[::1]'].map((host) => `EXCLUDE ${host}`);
  return [
    '--no-sandbox', // It does not start as root otherwise.
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--font-render-hinting=none',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-sync',
    '--no-pings',
    '--no-proxy-server',
    `--host-resolver-rules=${[...rules, ...exceptions].join(',')}`,
    ...(trustedKeys.length > 0 ? [`--ignore-certificate-errors-spki-list=${trustedKeys.join(',')}`] : []),
    ...args,
  ];
}

function environmentFor(folder: string): Record<string, string> {
  const { PATH = '', HOME = folder, TMPDIR = '/tmp', BOWERBIRD_TEST_RUN = '' } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    BOWERBIRD_TEST_RUN, // By which the runner finds what a test left behind.
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
  };
}

/**
 * Unpacks the browser, its fonts and libraries once per version, and answers the folder. Workers of jest may come here
 * at the same time: each unpacks to a name of its own and renames it when whole, so nobody starts half a file.
 */
async function unpackChromium(): Promise<string> {
  const require = createRequire(import.meta.url);
  const main = require.resolve('@sparticuz/chromium');
  const { version } = require(join(main.replace(/\/build\/.*$/, ''), 'package.json')) as { version: string };
  const cache = join(rootDir, 'node_modules', '.cache');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(join(folder, 'fonts.conf'))) return folder;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  await unpackInto(draft, main.replace(/\/build\/.*$/, '/build/esm/index.js'));
  const fonts = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir>`;
  writeFileSync(join(draft, 'fonts.conf'), `<?xml version="1.0"?><fontconfig>${fonts}</fontconfig>\n`);
  try {
    renameSync(draft, folder);
  } catch {
    // Another worker was first.
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/**
 * The package unpacks into the system's temporary folder, and its libraries only where it believes to be on Amazon's
 * machines; so it runs in a process of its own, with an environment made for that.
 */
async function unpackInto(draft: string, entry: string): Promise<void> {
  const script = `const { default: chromium } = await import(${JSON.stringify(pathToFileURL(entry).href)});
    await chromium.executablePath();`;
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env,
    stdio: 'inherit',
    timeout: 60_000,
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error(`Chromium could not be unpacked (${String(code)})`);
}

/** Waits for a promise, but not for ever; `what` names it in the error. */
export async function within<Value>(milliseconds: number, what: string, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing after ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again and again until the answer is true; for effects that nothing announces. */
export async function eventually(what: string, isSo: () => Promise<boolean>, milliseconds = ACTION_MS): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await within(milliseconds, what, isSo()))) {
    if (Date.now() > end) throw new Error(`${what}: not so after ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** Runs `use` with the page's session of the DevTools protocol, which is kept as long as the page. */
export async function withProtocol<Value>(page: Page, use: (session: CDPSession) => Promise<Value>): Promise<Value> {
  const opening = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, opening);
  const session = await within(CALL_MS, 'a DevTools session', opening);
  return within(CALL_MS, 'the DevTools protocol', use(session));
}

/**
 * Clicks a bookmark as the browser's own bookmarks bar does: also past the page's policies, unlike `location.href` or a
 * click on a link. The protocol says ERR_ABORTED even when it ran, so the caller waits for the effect
 * (`eventually('the picker', () => hasShadow(page))`).
 */
export async function clickBookmarklet(page: Page, href: string): Promise<void> {
  if (!href.startsWith('javascript:')) throw new Error(`not a bookmarklet: ${href.slice(0, 40)}`);
  await withProtocol(page, (session) => session.send('Page.navigate', { url: href }));
}

/** A node of the protocol's tree, as far as it is used here. */
interface Node {
  backendNodeId: number;
  children?: Node[];
  shadowRoots?: Node[];
  contentDocument?: Node;
  shadowRootType?: string;
}

/** The last one: the picker stands at the end of the document, behind those that the page has. */
function findClosedRoot(node: Node): Node | undefined {
  if (node.shadowRootType === 'closed') return node;
  for (const inner of [...(node.shadowRoots ?? []), ...(node.children ?? [])].reverse()) {
    const found = findClosedRoot(inner);
    if (found) return found;
  }
  return undefined;
}

/** Whether the page has a closed shadow root. */
export const hasShadow = (page: Page): Promise<boolean> =>
  withProtocol(page, async (session) => {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    return findClosedRoot(root as Node) !== undefined;
  });

/**
 * Runs a function inside the page's last closed shadow root, in a world of its own, so that nothing the page has
 * replaced is met: `await inShadow(page, 'root => root.querySelectorAll("a").length')`.
 *
 * @param source the text of a function that gets the root (or, with `onDocument`, the document) and answers JSON
 */
export const inShadow = <Value>(page: Page, source: string): Promise<Value> => callOn<Value>(page, source, true);

/** As `inShadow`, on the document: what the page really holds, whatever its own scripts claim. */
export const inDocument = <Value>(page: Page, source: string): Promise<Value> => callOn<Value>(page, source, false);

const callOn = <Value>(page: Page, source: string, inside: boolean): Promise<Value> =>
  withProtocol(page, async (session) => {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const target = inside ? findClosedRoot(root as Node) : (root as Node);
    if (!target) throw new Error('the page has no closed shadow root');
    const { frameTree } = await session.send('Page.getFrameTree');
    const world = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'test' });
    const { object } = await session.send('DOM.resolveNode', {
      backendNodeId: target.backendNodeId,
      executionContextId: world.executionContextId,
    });
    const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
      objectId: object.objectId ?? '',
      functionDeclaration: `function () { return (${source})(this); }`,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Value;
  });

/** The document as text, byte for byte what its nodes are; shadow roots are not part of it. */
export const documentText = (page: Page): Promise<string> =>
  withProtocol(page, async (session) => {
    const { root } = await session.send('DOM.getDocument', { depth: 0 });
    return (await session.send('DOM.getOuterHTML', { nodeId: root.nodeId })).outerHTML;
  });

/** The listeners on the page's window and document, as the browser itself counts them: `window keydown`, sorted. */
export const listenersOf = (page: Page): Promise<string[]> =>
  withProtocol(page, async (session) => {
    const found: string[] = [];
    for (const expression of ['window', 'document', 'document.documentElement']) {
      const { result } = await session.send('Runtime.evaluate', { expression });
      const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
      found.push(...listeners.map(({ type }) => `${expression} ${type}`));
    }
    return found.sort();
  });

/** The names of the page's globals, as its own scripts see them, in one text. */
export const globalsOf = (page: Page): Promise<string> =>
  withProtocol(page, async (session) => {
    // Written so that it needs nothing a page may have replaced.
    const expression =
      '(() => { let all = ""; for (const key of Reflect.ownKeys(window)) all += `${String(key)} `; return all; })()';
    const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true });
    return String(result.value);
  });
