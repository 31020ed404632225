import { accessWords } from './en/access.ts';
import { accountWords } from './en/accounts.ts';
import { apiWords } from './en/api.ts';
import { backupWords } from './en/backup.ts';
import { boardWords } from './en/boards.ts';
import { cliWords } from './en/cli.ts';
import { feedWords } from './en/feeds.ts';
import { fetchWords } from './en/fetch.ts';
import { filterWords } from './en/filters.ts';
import { findWords } from './en/find.ts';
import { firstWords } from './en/first.ts';
import { identityWords } from './en/identities.ts';
import { imageWords } from './en/images.ts';
import { imagingWords } from './en/imaging.ts';
import { keyWords } from './en/keys.ts';
import { leavingWords } from './en/leaving.ts';
import { machineWords } from './en/machine.ts';
import { mailWords } from './en/mail.ts';
import { manyWords } from './en/many.ts';
import { noticeWords } from './en/notices.ts';
import { profileWords } from './en/profile.ts';
import { offlineWords } from './en/offline.ts';
import { operatorWords } from './en/operator.ts';
import { passwordWords } from './en/passwords.ts';
import { readyWords } from './en/ready.ts';
import { rankingWords } from './en/ranking.ts';
import { redisWords } from './en/redis.ts';
import { refusalWords } from './en/refusals.ts';
import { searchWords } from './en/search.ts';
import { secondWords } from './en/second.ts';
import { settingWords } from './en/settings.ts';
import { severalWords } from './en/several.ts';
import { startWords } from './en/start.ts';
import { siteWords } from './en/site.ts';
import { storageWords } from './en/storage.ts';
import { tagWords } from './en/tags.ts';
import { togetherWords } from './en/together.ts';
import { trayWords } from './en/tray.ts';
import { trustWords } from './en/trust.ts';

/** Every word that the site says, by key. A phrase with `count` has a form for each plural category of its language. */
const en = {
  ...siteWords,
  ...manyWords,
  ...filterWords,
  ...profileWords,
  ...apiWords,
  ...backupWords,
  ...boardWords,
  ...cliWords,
  ...findWords,
  ...firstWords,
  ...identityWords,
  ...startWords,
  ...accountWords,
  ...accessWords,
  ...imageWords,
  ...imagingWords,
  ...keyWords,
  ...leavingWords,
  ...machineWords,
  ...mailWords,
  ...noticeWords,
  ...offlineWords,
  ...operatorWords,
  ...passwordWords,
  ...feedWords,
  ...fetchWords,
  ...settingWords,
  ...storageWords,
  ...rankingWords,
  ...readyWords,
  ...redisWords,
  ...refusalWords,
  ...trayWords,
  ...trustWords,
  ...tagWords,
  ...togetherWords,
  ...secondWords,
  ...severalWords,
  ...searchWords,
};

export type Phrase = string | { readonly one: string; readonly other: string };
export type WordKey = keyof typeof en;
export type Params = Readonly<Record<string, string | number>>;

/** A sentence not yet spoken: which one, and what goes into it. It is put into a language at the edge. */
export interface Said {
  readonly key: WordKey;
  readonly params: Params;
}

export const say = (key: WordKey, params: Params = {}): Said => ({ key, params });

const catalogue: Readonly<Record<WordKey, Phrase>> = en;
const plurals = new Intl.PluralRules('en');

export function speak({ key, params }: Said): string {
  const phrase = catalogue[key];
  const text =
    typeof phrase === 'string' ? phrase : plurals.select(Number(params['count'])) === 'one' ? phrase.one : phrase.other;
  // Most of a page's words take nothing in.
  if (!text.includes('{')) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** Speaks a sentence at once: what views and messages call. */
export const words = (key: WordKey, params?: Params): string => speak(say(key, params));

/** Whether a text is a key of the catalogue: for keys that come back from a cookie or a row. */
export const isWordKey = (key: string): key is WordKey => Object.hasOwn(en, key);
