import type { Config } from '../config.ts';
import type { Db, Versions } from '../db/index.ts';
import type { AuditEntry, Device, Hashing, Member } from '../accounts/index.ts';
import type { Reader, Tools, Views } from '../images/index.ts';
import type { Bells } from '../lib/bells.ts';
import type { Counts } from '../lib/counts.ts';
import type { Signer } from '../lib/secret.ts';
import type { Mailer } from '../mail/index.ts';
import type { Vault } from '../lib/vault.ts';
import type { Language, Params, WordKey } from '../lib/words/index.ts';
import type { Provider } from '../net/oidc/index.ts';
import type { Links } from '../redis/index.ts';
import type { Limits } from './edge/limits.ts';
import type { Saves } from './saves.ts';
import type { Slips } from './edge/slips.ts';

/** What every handler may use: one for each site, so that two sites can run in one process. */
export interface Site extends Tools {
  config: Config;
  db: Db;
  limits: Limits;
  hashing: Hashing;
  /** Accounts elsewhere that people can sign in with. */
  providers: readonly Provider[];
  mailer: Mailer;
  /** Signs what the site itself gives out and takes back. */
  signer: Signer;
  /** The picker's text, with the site's own address in it, as a `javascript:` link. */
  bookmarklet: { href: string; source: string; version: string };
  /** Who looks at what, on its way to being counted. */
  views: Views;
  /** What has happened since the process began, for the operator. */
  counts: { tiers: Counts; fetches: Counts; wakes: Counts; pages: Counts };
  /** The Redis servers, where any are configured. */
  links: Links;
  bells: Bells;
  saves: Saves;
  /** Whether the database is still what it was. */
  versions: Versions;
  /** Aborts when the site begins to stop: what goes on by itself ends then. */
  closing: AbortSignal;
}

/** A file that came with a form, already in a temporary file, counted and hashed. */
export interface Sent {
  file: string;
  name: string;
  bytes: number;
  sha256: string;
}

/** The file of a form, and those that came with it where several may. */
export interface Upload extends Sent {
  others: readonly Sent[];
  /** How many more came, and were passed over: they were too large, or too many. */
  leftOut: number;
}

/** The fields of a form as they came: texts, and whatever else a JSON body can hold. */
export type Form = Readonly<Record<string, unknown>>;

/** What is written together with the row of a new session, not after it: each write waits for the disk. */
export interface Beginning {
  /** What somebody reads first after signing in. */
  greeting?: { key: WordKey; params?: Params };
  /** What the log says of it. */
  logged?: Pick<AuditEntry, 'act' | 'detail'>;
}

/** One request, as handlers see it: never Koa's ctx. */
export interface Visit {
  site: Site;
  db: Db;
  /** Who is signed in. */
  member: Member | null;
  reader: Reader;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The query as it came, without its question mark: some addresses are read by their own rule. */
  rawQuery: string;
  /** Path and query, for `next`. */
  here: string;
  /** What whoever asks reads. */
  language: Language;
  form: Form;
  upload: Upload | null;
  /** Whether a script asks and wants JSON. */
  wantsJson: boolean;
  device: Device;
  /** The hash of the id of this request's session, as the table has it; null for whoever has none. */
  sessionHash: string | null;
  /** What this browser carries from one step of the way in to the next. */
  slips: Slips;
  vault: Vault;
  /** Aborts when whoever asks has gone without waiting for the answer. */
  left(): AbortSignal;
  /** Checks a login and a password through Passport; answers the account. */
  authenticate(login: string, password: string): Promise<number>;
  /** Begins a new session of an account, and ends the one before. Answers the token that its forms need. */
  signIn(accountId: number, beginning?: Beginning): Promise<string>;
  signOut(): Promise<void>;
  /** Leaves a message for the next page that is shown. */
  say(kind: 'done' | 'trouble', key: WordKey, params?: Params): void;
}

export type MemberVisit = Visit & { member: Member };
