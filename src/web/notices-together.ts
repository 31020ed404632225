import { imagePath } from '../api/images.ts';
import { portraitOf } from '../lib/portrait.ts';
import { words } from '../lib/words/index.ts';
import type { Told } from '../social/index.ts';
import { card } from './cards.ts';
import { photoPath } from './profile.ts';
import { personPath } from './someone.ts';

/** So many are named, and the others counted. */
const NAMED = 2;
/** So much of a comment is told. */
const LONGEST = 200;

/** What stands together: the same done to the same image, or following; what was read apart from what was not. */
const keyOf = ({ kind, image, read }: Told) => `${kind} ${image?.id ?? ''} ${read}`;

/** "ann, bob and 4 others liked X", where the newest of them stands. */
export function together(notices: readonly Told[]) {
  const groups = new Map<string, Told[]>();
  for (const notice of notices) groups.set(keyOf(notice), [...(groups.get(keyOf(notice)) ?? []), notice]);
  return [...groups.values()].map(shown);
}

function shown(group: readonly Told[]) {
  const [newest] = group;
  if (!newest) throw new Error('a group of nothing');
  const { kind, image, body, username, photo, read, createdAt } = newest;
  const names = [...new Map(group.map((one) => [one.username, one])).values()];
  const others = names.length - NAMED;
  return {
    names: names.slice(0, NAMED).map((one) => ({
      name: one.username ?? words('image.anonymous'),
      href: one.username === null ? null : personPath(one.username),
    })),
    others: others > 0 ? words('notices.others', { count: others }) : null,
    words: words(`notices.did.${kind}`, { count: group.length }),
    image: image && { ...card(image), href: hrefOf(newest, imagePath(image)) },
    body: body && cut(body),
    photo: photo && { small: photoPath(photo), large: photoPath(photo) },
    portrait: username === null ? null : portraitOf(username),
    read,
    at: createdAt,
  };
}

const hrefOf = ({ commentId }: Told, path: string) => (commentId === null ? path : `${path}#comments`);

function cut(body: string): string {
  const letters = [...body];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : body;
}
