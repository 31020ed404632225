import type { Db } from '../../src/db/index.ts';
import { insertImage } from '../../src/images/admit/insert.ts';
import { recount } from '../../src/images/counts.ts';
import { NO_PROVENANCE } from '../../src/lib/provenance.ts';
import type { Visibility } from '../../src/lib/visibility.ts';
import { newKey, type Storage } from '../../src/storage/index.ts';

/** A save's rows without its bytes. */
export const save = (
  db: Db,
  ownerId: number,
  visibility: Visibility,
  showName: boolean,
  tags: string[] = [],
): Promise<number> =>
  db.transaction(async (trx) => {
    const { placed, tagged } = await insertImage(
      trx,
      {
        ownerId,
        originalKey: newKey(),
        highKey: newKey(),
        received: { way: 'upload', file: '', bytes: 1, sha256: '0'.repeat(64), sourceUrl: null },
        high: { tier: 'high', path: '', width: 1, height: 1, bytes: 1, type: 'image/jpeg', sha256: '0'.repeat(64) },
        facts: {
          format: 'jpeg',
          type: 'image/jpeg',
          width: 400,
          height: 300,
          frames: 1,
          animated: false,
          alpha: false,
          still_of: null,
          quality: 'low',
          phash: '0123456789abcdef',
          colour: '#888888',
          look: [181, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          authorship: { creator: '', copyright: '', credit: '', licence: '', description: '' },
          placeholder: '',
        },
        form: {
          title: '',
          caption: '',
          alt: '',
          creator: '',
          licence: '',
          pageUrl: null,
          provenance: NO_PROVENANCE,
          seenUrl: null,
          visibility,
          showName,
          resolution: 'very_high',
          tags,
          nopin: false,
          once: null,
          duplicate: 'keep',
          replaceId: null,
        },
      },
      1,
    );
    await recount(trx, null, placed, tagged);
    return placed.id;
  });

/** A store without bytes: purging asks for no more. */
export const nowhere = { remove: async () => {} } as unknown as Storage;
