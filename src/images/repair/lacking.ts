import { query, type Db } from '../../db/index.ts';
import { enqueueTiers } from '../make-tiers.ts';

/** How long the sizes of an image may take before somebody asks what has become of them. */
const LATE_MS = 60 * 60 * 1000;
const AT_ONCE = 1000;

interface Row {
  id: number;
  state: 'pending' | 'ready';
  created_at: number;
  tiers: number;
}

const next = query<Row>(`
  SELECT i.id, i.state, i.created_at, (SELECT count(*) FROM files f WHERE f.image_id = i.id AND f.tier <> 'full') AS tiers
  FROM images i WHERE i.id > ? ORDER BY i.id LIMIT ${AT_ONCE}`);

/** The original and the four sizes that every image has in the end. */
const ALL = 5;

/** Images that lack a row of a size though they are said to be ready, or have waited for one for more than an hour. */
export async function* lackingTiers(db: Db, now = Date.now()): AsyncGenerator<number> {
  for (let after = 0; ;) {
    const rows = await next.all(db, [after]);
    const last = rows.at(-1);
    if (!last) return;
    after = Number(last.id);
    for (const { id, state, created_at, tiers } of rows) {
      const late = state === 'ready' || Number(created_at) < now - LATE_MS;
      if (late && (Number(tiers) < ALL || state === 'pending')) yield Number(id);
    }
  }
}

/** Has the sizes made that an image lacks. */
export const askTiers = (db: Db, imageId: number) => enqueueTiers(db, imageId, false);
