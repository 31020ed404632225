import { importsIn, packageOf, placeOf, withoutComments, type House, type Import } from './imports.ts';
import { ORDER, partOf, ROOMS } from './order.ts';

/** Modules through which a process reaches others: the network, databases, programs. */
const REACHING = new Set(
  [
    'net http https http2 tls dgram dns inspector child_process cluster worker_threads',
    'undici node-fetch axios got ws pg sqlite3 better-sqlite3 knex ioredis redis bullmq nodemailer openid-client s3mini',
    '@aws-sdk/client-s3 @aws-sdk/lib-storage @redis/client',
  ].flatMap((names) => names.split(' ')),
);
/** What these modules hold that reaches nobody. */
const HARMLESS = new Set(['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'constants', 'STATUS_CODES', 'rootCertificates']);

/** The files that may reach out, and what for. A new one is a decision: add it here with its reason, or go through these. */
export const DOORS: ReadonlyMap<string, string> = new Map([
  ['src/net/guard/dial.ts', 'connects to the address that was checked'],
  ['src/net/guard/ask.ts', 'speaks HTTP over that connection, with a connector of its own'],
  ['src/net/guard/resolve.ts', 'resolves names that people gave'],
  ['src/net/tls/door.ts', 'listens: looks at the first byte'],
  ['src/net/tls/plain.ts', 'listens: redirects plain HTTP'],
  ['src/net/tls/listener.ts', 'listens: HTTPS with HTTP/2'],
  ['src/net/tls/command.ts', 'runs certutil and the system’s trust commands'],
  ['src/imaging/supervised.ts', 'starts the imaging child'],
  ['src/processes.ts', 'begins the site’s other processes'],
  ['src/mail/mailer.ts', 'the configured mail server'],
  ['src/mail/folder.ts', 'composes mails for files: dials nobody'],
  ['src/net/oidc/index.ts', 'speaks OpenID Connect with configured providers'],
  ['src/net/oidc/configured-fetch.ts', 'asks configured providers, and what they name'],
  ['src/storage/s3/ask.ts', 'the configured S3 stores'],
  ['src/redis/connect.ts', 'the configured Redis servers'],
  ['src/redis/probe.ts', 'the same, once at the start'],
  ['src/queue/wakes.ts', 'has BullMQ speak over that connection, and one more of its own'],
  ['src/db/index.ts', 'the configured database'],
  ['src/db/alone.ts', 'the lock file beside the SQLite database'],
  ['src/db/postgres.ts', 'the configured PostgreSQL server'],
  ['src/db/sqlite.ts', 'the database file'],
  ['src/db/plain.ts', 'a backup, which is a file of SQLite'],
]);

/** The files that may read the environment, and what for. */
export const ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ['src/config.ts', 'the settings'],
  ['src/main.ts', 'hands the environment to config'],
  ['src/cli.ts', 'hands the environment to config'],
  ['src/net/tls/trust.ts', 'a command of its own: looks for the person’s browsers'],
]);

const reaches = ({ values }: Import): boolean => values === null || values.some((name) => !HARMLESS.has(name));
const inSource = (file: string): boolean => file.startsWith('src/');

export function unnamedDoors(house: House): string[] {
  return importsIn(house)
    .filter(({ file, specifier }) => inSource(file) && REACHING.has(packageOf(specifier)))
    .filter((entry) => reaches(entry) && !DOORS.has(entry.file))
    .map((entry) => `${placeOf(entry)} reaches out through ${entry.specifier}, and is not one of the files that may`);
}

/** `path:line: what` for each match of a pattern in the code of the chosen files; comments do not count. */
function mentions(house: House, chosen: (file: string) => boolean, pattern: RegExp, what: string): string[] {
  return [...house]
    .filter(([file]) => chosen(file))
    .flatMap(([file, text]) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${what}`] : [])),
    );
}

// `fetch(` of one's own is `.fetch(` or a declaration; the global one is called bare or through globalThis.
const GLOBAL_FETCH =
  /(?:(?<![\w$.]|function\s|async\s)fetch|globalThis\.fetch|new\s+(?:WebSocket|EventSource|XMLHttpRequest))\s*\(/;

export const globalFetches = (house: House): string[] =>
  mentions(house, inSource, GLOBAL_FETCH, 'goes out past the guarded door');

const seesTheWeb = (specifier: string): boolean => /^(?:koa$|koa-|@koa\/)/.test(specifier);
const belowTheWeb = new Set(ORDER.slice(0, 3).flat());

/** Rooms, and whatever stands left of them, never see a request. The listener alone takes it from Node to the application. */
export function roomsThatSeeCtx(house: House): string[] {
  const imports = importsIn(house)
    .filter(({ file, specifier }) => belowTheWeb.has(partOf(file)) && inSource(file) && seesTheWeb(specifier))
    .map((entry) => `${placeOf(entry)} imports ${entry.specifier}`);
  const inRoom = (file: string) => inSource(file) && ROOMS.includes(partOf(file));
  return [...imports, ...mentions(house, inRoom, /\bctx\b/, 'mentions ctx')];
}

export function straySharp(house: House): string[] {
  return importsIn(house)
    .filter(({ file, specifier }) => packageOf(specifier) === 'sharp' && !file.startsWith('src/imaging/child/'))
    .map((entry) => `${placeOf(entry)} imports sharp outside the imaging child`);
}

export const strayEnvironment = (house: House): string[] =>
  mentions(
    house,
    (file) => !ENVIRONMENT.has(file),
    /\bprocess\.env\b|\bprocess\[|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/,
    'reads the environment',
  );

const LONGEST = 250;

export const longFiles = (house: House): string[] =>
  [...house]
    .map(([file, text]) => [file, text.split('\n').length - 1] as const)
    .filter(([, lines]) => lines > LONGEST)
    .map(([file, lines]) => `${file} has ${lines} lines, more than ${LONGEST}`);

/** A name in the lists above that no longer leads anywhere is a hole left open. */
export const staleNames = (house: House): string[] =>
  [...DOORS.keys()].filter((file) => !house.has(file)).map((file) => `${file} is named as a door and is not there`);
