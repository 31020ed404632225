import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import { takeAlone, type Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import {
  beginRendering,
  findRendering,
  goOn,
  renderImages,
  type Rendered,
  type Rendering,
  type Round,
} from '../../images/index.ts';
import { configuredImaging } from '../../imaging/index.ts';
import { silentLog } from '../../lib/log.ts';
import { words } from '../../lib/words/index.ts';
import { startWorker } from '../../queue/index.ts';
import { openStorage } from '../../storage/index.ts';
import type { Desk } from '../desk.ts';

const LOOK_MS = 300;

/**
 * Has tiers made again, and looks on; true when all could be made. The work is done by jobs of the running site, so it goes on when
 * this command is ended, and after the site was. Where no site runs (SQLite tells), it is done here.
 */
export async function renderAgain(desk: Desk, wanted: Rendering, anew = false): Promise<boolean> {
  const { db, config } = desk;
  const round = await open(desk, wanted, anew);
  const helper = await standIn(config, db);
  if (!helper) desk.ask(words('cli.render_by_site'));
  try {
    return conclude(desk, await follow(desk, round.run));
  } finally {
    await helper?.stop();
  }
}

/** A new round, or the same one that is still under way. */
async function open({ db, print }: Desk, wanted: Rendering, anew: boolean): Promise<Round<Rendered>> {
  const last = await findRendering(db);
  if (!last || last.ended || anew) return beginRendering(db, wanted);
  if (JSON.stringify(last.wanted) !== JSON.stringify(wanted)) throw new Refusal(409, 'under_way', 'cli.render_other');
  print(words('cli.render_goes_on', { done: last.done, total: last.total }));
  await goOn(db, last.run);
  return last;
}

/** Looks on until the round is over. */
async function follow({ db, progress }: Desk, run: string): Promise<Rendered> {
  for (;;) {
    const round = await findRendering(db);
    if (round?.run !== run) throw new Refusal(409, 'overtaken', 'cli.render_overtaken');
    if (round.ended) return (progress(null), round.found);
    progress(words('cli.render_progress', { done: round.done, total: round.total }));
    await pause(LOOK_MS);
  }
}

/** Does the jobs of this command, where the database is SQLite's and no site is at work with it; null where one is. */
async function standIn(config: Config, db: Db): Promise<{ stop(): Promise<void> } | null> {
  const alone = config.databaseUrl.startsWith('sqlite:') ? await takeAlone(config.databaseUrl, 0) : null;
  if (!alone) return null;
  const log = silentLog;
  const storage = openStorage(config);
  const imaging = configuredImaging(config, log, storage.folders);
  const making = { storage, imaging, log };
  const handlers = { renderImages: renderJob };
  const worker = startWorker({ db, handlers, log, concurrency: 1 });
  function renderJob({ payload }: { payload: Record<string, unknown> }) {
    return renderImages(db, making, String(payload['run']));
  }
  return {
    async stop() {
      await worker.stop(STOP_MS);
      await imaging.close();
      await alone.release();
    },
  };
}

const STOP_MS = 5000;

function conclude({ print }: Desk, { made, same, failed, which }: Rendered): boolean {
  print(words('cli.render_done', { count: made, same }));
  if (failed > 0) print(words('cli.render_failed', { count: failed, which: which.join(', ') }));
  return failed === 0;
}
