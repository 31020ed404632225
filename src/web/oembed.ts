import { pictureFor } from '../api/feeds.ts';
import { mediaPath } from '../api/images.ts';
import { notFound, Refusal } from '../errors.ts';
import { profile, readPage } from '../feed/index.ts';
import { findImage, VISITOR, type Image, type TierFile } from '../images/index.ts';
import { words } from '../lib/words/index.ts';
import { keptText, type Answer } from './answer.ts';
import { baseOf } from './base.ts';
import { findBoardOrAsk } from './boards.ts';
import { asVisitor, FIRST } from './feeds.ts';
import { imageId } from './params.ts';
import { personPath, someoneOf } from './someone.ts';
import type { Visit } from './visit.ts';

/** What is told of an address; its shape is oEmbed's own. */
type Told = Record<string, string | number>;

/** Pages that can be shown elsewhere, and what is told of each. */
const KINDS: readonly (readonly [RegExp, (visit: Visit) => Promise<Told>])[] = [
  [/^\/images\/(?<id>\d+)(?:\/[^/]*)?\/?$/, tellImage],
  [/^\/people\/(?<username>[^/]+)\/?$/, tellPerson],
  [/^\/people\/(?<username>[^/]+)\/boards\/(?<slug>[^/]+)\/?$/, tellBoard],
];

/** How long whoever shows it may keep it, in seconds. */
const KEPT = 300;

/**
 * GET /oembed?url=: what a public page of ours looks like elsewhere. Whatever a visitor may not see is not there, like what
 * never was.
 */
export async function oembed(asked: Visit): Promise<Answer> {
  const format = asked.query.get('format') ?? 'json';
  if (format !== 'json') throw new Refusal(501, 'format', 'oembed.format', { field: 'format' });
  const visit = asVisitor(asked);
  const path = pathIn(visit);
  for (const [pattern, tell] of KINDS) {
    const params = pattern.exec(path)?.groups;
    if (params) return printed(visit, await tell({ ...visit, params: decoded(params) }).catch(asNothing));
  }
  throw notFound();
}

/** The path of the address that is asked for, when it is one of ours. */
function pathIn(visit: Visit): string {
  const address = visit.query.get('url') ?? '';
  if (!URL.canParse(address)) throw new Refusal(422, 'invalid', 'oembed.url', { field: 'url' });
  const { origin, pathname } = new URL(address);
  if (origin !== baseOf(visit)) throw notFound();
  return pathname;
}

function decoded(params: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw notFound();
  }
}

/** Whether signing in would help is told to nobody here. */
const asNothing = (error: unknown): never => {
  throw error instanceof Refusal ? notFound() : error;
};

function printed(visit: Visit, told: Told): Answer {
  const provider = { provider_name: words('site.name'), provider_url: baseOf(visit), cache_age: KEPT };
  const body = JSON.stringify({ version: '1.0', ...told, ...provider });
  return keptText('application/json; charset=utf-8', body, { changedAt: 0, open: true });
}

async function tellImage(visit: Visit): Promise<Told> {
  const image = await findImage(visit.db, VISITOR, imageId(visit));
  const base = baseOf(visit);
  const { username, title } = image;
  const file = fitting(visit, image);
  if (!file) throw notFound();
  return {
    type: 'photo',
    title: title || words('images.untitled'),
    author_name: username ?? words('image.anonymous'),
    ...(username ? { author_url: `${base}${personPath(username)}` } : {}),
    url: `${base}${mediaPath(file)}`,
    width: file.width,
    height: file.height,
    ...thumbnail(base, image),
  };
}

const sizeIn = ({ query }: Visit, name: string) => {
  const text = query.get(name) ?? '';
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Infinity;
};

/** The largest picture that fits where it is to be shown, else the smallest. */
function fitting(visit: Visit, image: Image): TierFile | null {
  const [width, height] = [sizeIn(visit, 'maxwidth'), sizeIn(visit, 'maxheight')];
  const usual = pictureFor(image);
  if (!usual || (usual.width <= width && usual.height <= height)) return usual;
  const shown = image.tiers.filter(({ tier }) => tier !== 'original' && tier !== 'full');
  const [smallest] = shown.sort((a, b) => a.width * a.height - b.width * b.height);
  return shown.findLast((file) => file.width <= width && file.height <= height) ?? smallest ?? null;
}

function thumbnail(base: string, image: Image | null | undefined): Told {
  const file = image && (image.tiers.find(({ tier }) => tier === 'low') ?? pictureFor(image));
  if (!file) return {};
  return {
    thumbnail_url: `${base}${mediaPath(file)}`,
    thumbnail_width: file.width,
    thumbnail_height: file.height,
  };
}

async function tellPerson(visit: Visit): Promise<Told> {
  const person = await someoneOf(visit);
  const base = baseOf(visit);
  const { images } = await readPage(visit.db, VISITOR, profile(VISITOR, person.id), FIRST);
  const name = person.name || person.username;
  const author = { author_name: name, author_url: `${base}${personPath(person.username)}` };
  return { type: 'link', title: name, ...author, ...thumbnail(base, images[0]) };
}

async function tellBoard(visit: Visit): Promise<Told> {
  const board = await findBoardOrAsk(visit);
  if ('kind' in board) throw notFound();
  const base = baseOf(visit);
  const author = { author_name: board.username, author_url: `${base}${personPath(board.username)}` };
  return {
    type: 'link',
    title: board.title,
    ...author,
    ...thumbnail(base, board.cover),
  };
}
