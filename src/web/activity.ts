import { imagePath } from '../api/images.ts';
import { portraitOf } from '../lib/portrait.ts';
import { say } from '../lib/words/index.ts';
import type { Action } from '../social/index.ts';
import { card, type Card } from './cards.ts';
import { photoPath } from './profile.ts';
import { personPath } from './someone.ts';

/** So many pictures stand for all of a group. */
const SHOWN = 4;

interface Group {
  username: string;
  verb: Action['verb'];
  images: Map<number, Card>;
  people: Map<string, { href: string; name: string }>;
  photo: string | null;
  at: number;
}

/** Acts of one kind by one person stand together, where the newest of them stands: "liked 5 images". */
export function grouped(actions: readonly Action[]) {
  const groups = new Map<string, Group>();
  for (const action of actions) {
    const { username, verb, image, person, photo, createdAt } = action;
    const key = `${verb} ${username}`;
    const group = groups.get(key) ?? { username, verb, images: new Map(), people: new Map(), photo, at: createdAt };
    groups.set(key, group);
    if (image) group.images.set(image.id, { ...card(image), href: imagePath(image) });
    if (person) group.people.set(person.username, { href: personPath(person.username), name: person.username });
  }
  return [...groups.values()].map(({ username, verb, images, people, photo, at }) => ({
    username,
    href: personPath(username),
    photo: photo && { small: photoPath(photo), large: photoPath(photo) },
    portrait: portraitOf(username),
    words: say(`activity.${verb}`, { count: verb === 'followed' ? people.size : images.size }),
    images: [...images.values()].slice(0, SHOWN),
    people: [...people.values()].slice(0, 2 * SHOWN),
    at,
  }));
}
