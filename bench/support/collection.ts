import { dialectOf, type Db } from '../../src/db/index.ts';
import { COLOURS } from '../../src/lib/colour.ts';
import { GRIDS, LOOK_COLUMNS, STEPS } from '../../src/lib/look.ts';

/** Members, and tags; the first member owns a thousandth of all images and more. */
const MEMBERS = 1000;
const TAGS = 500;
/** One more tag, on every third image: in a small collection too its page is full. */
const OFTEN = TAGS + 1;

/** Facts of image number `id`, as SQL that both databases read alike: every size has the same mixture. */
const OWNER = `(CASE WHEN id % 3 = 0 THEN 1 ELSE 1 + id * 31 % ${MEMBERS} END)`;
const SITE = `('s' || (id * 7 % 200) || '.example.org')`;
const CREATED = `(1577836800000 + id * 190000)`;
const TAG = `(1 + id * 17 % ${TAGS})`;
const SECOND_TAG = `(1 + (id * 29 + 250) % ${TAGS})`;

const chosen = (names: readonly string[]) =>
  `CASE id * 13 % ${names.length} ${names.map((name, n) => `WHEN ${n} THEN '${name}'`).join(' ')} END`;

/** What an image is found by: an expression, and for which images. Words of all kinds, from every second image to one in 100,000. */
const TOKENS: readonly (readonly [token: string, where: string])[] = [
  [`'=w' || (id * 7919 % 1009)`, 'true'],
  [`'=v' || (id * 104729 % 20011)`, 'true'],
  [`'=odd'`, 'id % 2 = 1'],
  [`'=even'`, 'id % 2 = 0'],
  [`'=common'`, 'id % 10 < 3'],
  [`'=frequent'`, 'id % 20 = 7'],
  [`'=middle'`, 'id % 250 = 7'],
  [`'=seldom'`, 'id % 1000 = 500'],
  [`'=rare'`, 'id % 100000 = 77'],
  [`'=tag' || ${TAG}`, 'true'],
  [`'+text' || (id * 31 % 3001)`, 'true'],
  [`'+more' || (id * 37 % 5003)`, 'true'],
  [`'+bridge'`, 'id % 5 = 0'],
  [`'example'`, 'true'],
  [`'o:' || ${OWNER}`, 'true'],
  [`'r:1'`, 'reach >= 1'],
  [`'r:2'`, 'reach = 2'],
  [`'by:' || ${OWNER}`, 'show_name'],
  [`'site:' || ${SITE}`, 'true'],
  [`'site:example.org'`, 'true'],
  [`'c:' || ${chosen(COLOURS)}`, 'true'],
  [`'k:still'`, 'frames = 1'],
  [`'k:animated'`, 'frames > 1'],
  [`'k:jpeg'`, 'true'],
  [`'s:0'`, 'width < 800'],
  [`'s:1'`, 'width BETWEEN 800 AND 1599'],
  [`'s:2'`, 'width BETWEEN 1600 AND 3199'],
  [`'s:3'`, 'width >= 3200'],
  [`'y:' || (2020 + id * 190000 / 31622400000)`, 'true'],
  [`'t:' || ${TAG}`, 'true'],
  [`'t:' || ${SECOND_TAG}`, `${SECOND_TAG} <> ${TAG}`],
];

/** Names of the counted lists of an image: where it stands in them, and their names. */
const LISTS: readonly (readonly [where: string, name: string])[] = [
  ['reach >= 1', `'members'`],
  ['reach = 2', `'everyone'`],
  ['true', `'own:' || owner_id`],
  [`visibility = 'private'`, `'private:' || owner_id`],
  ['reach >= 1 AND show_name', `'shown:' || owner_id || ':members'`],
  ['reach = 2 AND show_name', `'shown:' || owner_id || ':everyone'`],
];

const TIERS = ['original', 'high', 'medium', 'low'];

/** Fills an empty site with so many images by SQL alone: what they are to be found by, counted and listed as the site would. */
export async function fillCollection(db: Db, images: number, say: (words: string) => void = () => {}) {
  const sqlite = dialectOf(db) === 'sqlite';
  const numbers = (upto: number) =>
    sqlite
      ? `(WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${upto}) SELECT id FROM n) n`
      : `generate_series(1::bigint, ${upto}) AS n (id)`;
  const run = async (what: string, ...statements: string[]) => {
    const began = Date.now();
    for (const statement of statements) await db.raw(statement);
    say(`${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  };
  await run('people', peopleSql(numbers(MEMBERS)), tagsSql(numbers(OFTEN)));
  if (!sqlite) await db.raw('DROP INDEX search_docs_body');
  await run('images', imagesSql(numbers(images)), 'DELETE FROM search_dirty');
  await run('files', filesSql(sqlite));
  await run('looks', looksSql());
  await run(
    'tags',
    imageTagsSql(TAG, 'true'),
    imageTagsSql(SECOND_TAG, `${SECOND_TAG} <> ${TAG}`),
    imageTagsSql(String(OFTEN), 'id % 3 = 0'),
    'DELETE FROM search_dirty',
  );
  await run(
    'counts of tags',
    ...TAG_LISTS.flatMap(([where, name]) => [8, 16, 62].map((shift) => tagCountsSql(where, name, shift))),
    `UPDATE tags SET members = ${tagTotal(1)}, everyone = ${tagTotal(2)}`,
  );
  await run(
    'a board',
    boardSql,
    onBoardSql,
    ...BOARD_LISTS.flatMap(([where, name]) => [8, 16, 62].map((shift) => boardCountsSql(where, name, shift))),
  );
  await run('counts', ...LISTS.flatMap(([where, name]) => [8, 16, 62].map((shift) => countsSql(where, name, shift))));
  await run('words', ...TOKENS.map(([token, where]) => wordsSql(sqlite, token, where)));
  await run('documents', docsSql(sqlite));
  if (sqlite) await run('statistics', 'ANALYZE');
  else {
    await run('index', 'CREATE INDEX search_docs_body ON search_docs USING gin (body) WITH (fastupdate = off)');
    await run('statistics', 'VACUUM ANALYZE', `SELECT setval('images_id_seq', ${images})`);
  }
}

const peopleSql = (numbers: string) => `
  INSERT INTO accounts (id, username, username_key, email, email_key, created_at)
  SELECT id, 'member' || id, 'member' || id, 'member' || id || '@example.org', 'member' || id || '@example.org', 1 FROM ${numbers}`;

const tagsSql = (numbers: string) =>
  `INSERT INTO tags (id, name, name_key, created_at) SELECT id, 'tag' || id, 'tag' || id, 1 FROM ${numbers}`;

const imagesSql = (numbers: string) => `
  INSERT INTO images (id, owner_id, title, slug, caption, arrived, site, visibility, show_name, resolution, state, format, width, height,
    frames, alpha, quality, sha256, phash, colour, placeholder, likes, views, created_at, updated_at)
  SELECT id, ${OWNER}, 'Picture number ' || id, 'picture', 'Seen on a walk.', 'upload', ${SITE},
    CASE id % 5 WHEN 0 THEN 'public' WHEN 4 THEN 'private' WHEN 3 THEN 'public' ELSE 'members' END, id % 7 > 0, 'very_high', 'ready', 'jpeg',
    300 + id * 131 % 4000, 300, CASE WHEN id % 40 = 0 THEN 9 ELSE 1 END, false, 'low', '', substr(CAST(id * 2654435761 AS text) || '0000000000000000', 1, 16),
    '#8a7f5c', '${'x'.repeat(180)}', id * 7 % 23, id * 11 % 97, ${CREATED}, ${CREATED}
  FROM ${numbers}`;

const filesSql = (sqlite: boolean) => `
  INSERT INTO files (image_id, tier, storage_key, public_key, sha256, bytes, type, width, height)
  SELECT i.id, t.tier, t.tier || i.id, t.tier || i.id || '-0123456789abcdef0123456789', '', 1000, 'image/jpeg', 400, 300
  FROM images i CROSS JOIN (${TIERS.map((tier) => `SELECT '${tier}' AS tier`).join(' UNION ALL ')}) t${sqlite ? '' : ' ORDER BY 1'}`;

/** Looks of all kinds, most of little colour, in the cells that they belong to. */
function looksSql(): string {
  const spread = (at: number) => {
    const column = LOOK_COLUMNS[at] ?? '';
    if (column === 'y0') return '20 + id * 7919 % 320';
    const most = column.startsWith('y') ? 90 : 50;
    const [one, other] = [97 + 2 * at, 389 + 10 * at];
    return `(id * ${one} % ${most} + id * ${other} % ${most}) - ${most}`;
  };
  const cell = (grid: (typeof GRIDS)[number]) =>
    grid.reduce(
      (sum, [column, width]) =>
        `(${sum}) * ${STEPS} + CAST(round(${column} * 1.0 / ${width}) AS integer) + ${STEPS / 2}`,
      '0',
    );
  const numbers = LOOK_COLUMNS.map((column, at) => `${spread(at)} AS ${column}`).join(', ');
  return `INSERT INTO looks (image_id, ${LOOK_COLUMNS.join(', ')}, cell0, cell1)
    SELECT l.*, ${GRIDS.map(cell).join(', ')} FROM (SELECT id, ${numbers} FROM images) l`;
}

const imageTagsSql = (tag: string, where: string) =>
  `INSERT INTO image_tags (image_id, tag_id, owner_id, shown) SELECT id, ${tag}, owner_id, reach FROM images WHERE ${where}`;

/** Who finds how many images by a tag, as the lists that a tag's page is read from count them. */
const TAG_LISTS: readonly (readonly [where: string, name: string])[] = [
  ['shown = 2', `'tag:' || tag_id || ':everyone'`],
  ['shown >= 1', `'tag:' || tag_id || ':members'`],
  ['shown = 0', `'tag:' || tag_id || ':own:' || owner_id`],
];

const tagCountsSql = (where: string, name: string, shift: number) => `
  INSERT INTO list_counts (list, shift, bucket, n)
  SELECT ${name}, ${shift}, ${shift === 62 ? '0' : `image_id / ${2 ** shift}`}, count(*) FROM image_tags WHERE ${where} GROUP BY 1, 3`;

/** A public board of the first member's, with every third image on it: theirs, in their order. */
const boardSql = `
  INSERT INTO boards (id, owner_id, slug, title, description, visibility, created_at) VALUES (1, 1, 'all', 'All', '', 'public', 1);`;
const onBoardSql = `
  INSERT INTO board_images (board_id, image_id, position, added_by, created_at, owner_id, under_name, shown)
  SELECT 1, id, id, 1, 1, owner_id, true, CASE WHEN show_name THEN reach ELSE 0 END FROM images WHERE id % 3 = 0`;

const BOARD_LISTS: readonly (readonly [where: string, name: string])[] = [
  ['shown = 2', `'board:1:everyone'`],
  ['shown >= 1', `'board:1:members'`],
  ['shown = 0', `'board:1:own:' || owner_id`],
];

const boardCountsSql = (where: string, name: string, shift: number) => `
  INSERT INTO list_counts (list, shift, bucket, n)
  SELECT ${name}, ${shift}, ${shift === 62 ? '0' : `image_id / ${2 ** shift}`}, count(*) FROM board_images WHERE ${where} GROUP BY 1, 3`;

const tagTotal = (least: number) =>
  `coalesce((SELECT n FROM list_counts WHERE list = 'tag:' || tags.id || '${least === 2 ? ':everyone' : ':members'}' AND shift = 62), 0)`;

const countsSql = (where: string, name: string, shift: number) => `
  INSERT INTO list_counts (list, shift, bucket, n)
  SELECT ${name}, ${shift}, ${shift === 62 ? '0' : `id / ${2 ** shift}`}, count(*) FROM images WHERE ${where} GROUP BY 1, 3`;

function wordsSql(sqlite: boolean, token: string, where: string): string {
  const [, sign = ''] = /^'([=+]|)/.exec(token) ?? [];
  const field = token.includes(':') ? 0 : sign === '=' ? 3 : sign === '+' ? 2 : 1;
  const word = field > 1 ? `substr(${token}, 2)` : token;
  return `
    INSERT INTO search_words (field, word, images, members, everyone${sqlite ? '' : ', grams'})
    SELECT ${field}, ${word}, count(*), sum(CASE WHEN reach >= 1 THEN 1 ELSE 0 END), sum(CASE WHEN reach = 2 THEN 1 ELSE 0 END)${sqlite ? '' : `, '{}'`}
    FROM images WHERE ${where} GROUP BY 1, 2
    ON CONFLICT (field, word) DO UPDATE SET images = search_words.images + excluded.images,
      members = search_words.members + excluded.members,
      everyone = search_words.everyone + excluded.everyone`;
}

/** The tokens as each database keeps them: one after the other, or each with its place. */
export function docsSql(sqlite: boolean): string {
  const blocks = sqlite
    ? []
    : [8, 10, 12, 14, 16, 18, 20].map((shift, level) => [`'b${level}:' || (id >> ${shift})`, 'true'] as const);
  const parts = [...TOKENS, ...blocks].map(([token, where], n) => {
    const written = sqlite ? `${token} || ' '` : `'''' || ${token} || ''':${n + 1} '`;
    return where === 'true' ? written : `CASE WHEN ${where} THEN ${written} ELSE '' END`;
  });
  const body = parts.map((part) => `(${part})`).join(' || ');
  return `INSERT INTO search_docs (image_id, reach, body)
    SELECT id, reach, ${sqlite ? `' ' || ${body}` : `CAST(${body} AS tsvector)`} FROM images ORDER BY id`;
}
