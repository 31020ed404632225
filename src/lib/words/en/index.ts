import { accessWords } from './access.ts';
import { accountWords } from './accounts.ts';
import { apiWords } from './api.ts';
import { backupWords } from './backup.ts';
import { boardWords } from './boards.ts';
import { cliWords } from './cli.ts';
import { feedWords } from './feeds.ts';
import { fetchWords } from './fetch.ts';
import { filterWords } from './filters.ts';
import { findWords } from './find.ts';
import { firstWords } from './first.ts';
import { identityWords } from './identities.ts';
import { imageWords } from './images.ts';
import { imagingWords } from './imaging.ts';
import { keyWords } from './keys.ts';
import { leavingWords } from './leaving.ts';
import { machineWords } from './machine.ts';
import { mailWords } from './mail.ts';
import { manyWords } from './many.ts';
import { noticeWords } from './notices.ts';
import { offlineWords } from './offline.ts';
import { operatorWords } from './operator.ts';
import { passwordWords } from './passwords.ts';
import { profileWords } from './profile.ts';
import { rankingWords } from './ranking.ts';
import { readyWords } from './ready.ts';
import { redisWords } from './redis.ts';
import { refusalWords } from './refusals.ts';
import { searchWords } from './search.ts';
import { secondWords } from './second.ts';
import { settingWords } from './settings.ts';
import { severalWords } from './several.ts';
import { siteWords } from './site.ts';
import { startWords } from './start.ts';
import { storageWords } from './storage.ts';
import { tagWords } from './tags.ts';
import { togetherWords } from './together.ts';
import { trayWords } from './tray.ts';
import { trustWords } from './trust.ts';

/** Every word that the site says, by key. A phrase with `count` has a form for each plural category of its language. */
export const en = {
  ...accessWords,
  ...accountWords,
  ...apiWords,
  ...backupWords,
  ...boardWords,
  ...cliWords,
  ...feedWords,
  ...fetchWords,
  ...filterWords,
  ...findWords,
  ...firstWords,
  ...identityWords,
  ...imageWords,
  ...imagingWords,
  ...keyWords,
  ...leavingWords,
  ...machineWords,
  ...mailWords,
  ...manyWords,
  ...noticeWords,
  ...offlineWords,
  ...operatorWords,
  ...passwordWords,
  ...profileWords,
  ...rankingWords,
  ...readyWords,
  ...redisWords,
  ...refusalWords,
  ...searchWords,
  ...secondWords,
  ...settingWords,
  ...severalWords,
  ...siteWords,
  ...startWords,
  ...storageWords,
  ...tagWords,
  ...togetherWords,
  ...trayWords,
  ...trustWords,
};
