import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beginSession, createHashing, register } from '../../src/accounts/index.ts';
import { migrate, openDb, type Db } from '../../src/db/index.ts';
import { recount } from '../../src/images/counts.ts';
import { randomToken } from '../../src/lib/secret.ts';
import { slugOf } from '../../src/lib/slug.ts';
import { newKey } from '../../src/storage/index.ts';
import { ownDatabase } from './uploads.ts';

/** What a filled database holds, for whoever asks for it. */
export interface Gallery {
  cookie: string;
  /** The path of an image's page, and of a public file of 100 kB with where its bytes lie. */
  imagePath: string;
  mediaPath: string;
  mediaFile: string;
}

const TITLES = ['Bricks', 'A bridge at dusk', 'Dragonfly on a reed', 'Wine, bread & cheese', 'Old café in the harbour'];
const TIERS = [
  { tier: 'original', width: 4000, height: 3000, bytes: 4_200_000 },
  { tier: 'very_high', width: 1024, height: 768, bytes: 101_000 },
  { tier: 'high', width: 1024, height: 768, bytes: 101_000 },
  { tier: 'medium', width: 786, height: 590, bytes: 64_000 },
  { tier: 'low', width: 124, height: 124, bytes: 4_000 },
];
const SAME_FOR_ALL = {
  caption: 'Seen on a walk.',
  arrived: 'upload',
  visibility: 'public',
  show_name: true,
  resolution: 'very_high',
  state: 'ready',
  format: 'jpeg',
  width: 4000,
  height: 3000,
  frames: 1,
  alpha: false,
  quality: 'very_high',
  colour: '#8a7f5c',
  page_url: 'https://example.org/walks/3',
};
const MEDIA_BYTES = 100_000;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Fills a new site with a member who is signed in and has so many public images, each with its tiers. */
export async function fillGallery(dataDir: string, images: number, url = ownDatabase(dataDir)): Promise<Gallery> {
  const db = openDb({ url });
  try {
    await migrate(db);
    const password = randomToken();
    const owner = await register(db, createHashing(), {
      username: 'collector',
      email: 'c@example.org',
      password,
      password2: password,
    });
    const session = randomToken();
    const life = { lifeMs: 24 * 60 * 60 * 1000, userAgent: 'bench', address: '127.0.0.1' };
    await beginSession(db, session, { accountId: owner, data: {}, ...life });
    const media = await db.transaction(async (trx) => {
      for (let n = 1; n < images; n++) await insertImage(trx, owner, n);
      return insertImage(trx, owner, images);
    });
    const bytes = randomBytes(MEDIA_BYTES);
    const mediaFile = join(dataDir, 'media', media.storageKey);
    await mkdir(dirname(mediaFile), { recursive: true });
    await writeFile(mediaFile, bytes);
    await db('files')
      .where({ storage_key: media.storageKey })
      .update({ bytes: MEDIA_BYTES, sha256: sha256(bytes) });
    return {
      cookie: `__Host-session=${session}`,
      imagePath: media.path,
      mediaPath: `/media/${media.publicKey}.jpg`,
      mediaFile,
    };
  } finally {
    await db.destroy();
  }
}

async function insertImage(trx: Db, ownerId: number, n: number) {
  const title = `${TITLES[n % TITLES.length] ?? ''} ${n}`;
  const now = Date.now() - 1000 * n;
  const [row] = await trx('images')
    .insert({
      ...SAME_FOR_ALL,
      owner_id: ownerId,
      title,
      slug: slugOf(title),
      alt: title,
      sha256: sha256(randomBytes(8)),
      phash: randomBytes(8).toString('hex'),
      placeholder: randomBytes(140).toString('base64'),
      likes: n % 17,
      created_at: now,
      updated_at: now,
    })
    .returning('id');
  const id = Number(row.id);
  const shared = newKey();
  const files = TIERS.map((file) => ({
    ...file,
    image_id: id,
    type: 'image/jpeg',
    sha256: sha256(randomBytes(8)),
    public_key: randomToken(),
    storage_key: file.tier.endsWith('high') ? shared : newKey(),
  }));
  await trx('files').insert(files);
  await recount(trx, null, { id, ownerId, visibility: 'public', showName: true, binned: false, ownerDisabled: false });
  const { public_key: publicKey = '' } = files.find(({ tier }) => tier === 'very_high') ?? {};
  return { path: `/images/${id}/${encodeURIComponent(slugOf(title))}`, storageKey: shared, publicKey };
}
