import type { Log } from '../lib/log.ts';
import type { RedisSetting } from '../lib/redis-settings.ts';
import { openLink, type Link } from './connect.ts';
import { probe } from './probe.ts';

/** The servers that are configured. */
export interface Links {
  queue: Link | null;
  cache: Link | null;
}

/** What of the settings names them. */
export type LinkSettings = Record<keyof Links, RedisSetting | null>;

/** @throws WrongSetting for the first that cannot be used */
export async function probeLinks({ queue, cache }: LinkSettings): Promise<void> {
  for (const setting of [queue, cache]) if (setting) await probe(setting);
}

export const openLinks = ({ queue, cache }: LinkSettings, log: Log): Links => ({
  queue: queue && openLink(queue, 'patient', log, 'workers look for jobs by themselves'),
  cache: cache && openLink(cache, 'prompt', log, 'limits are counted without it, and pages kept by each process'),
});

export function closeLinks({ queue, cache }: Links): void {
  queue?.close();
  cache?.close();
}
