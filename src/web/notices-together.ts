import { imagePath } from '../api/images.ts';
import { portraitOf } from '../lib/portrait.ts';
import { say } from '../lib/words/index.ts';
import { gather, type Gathered, type Told } from '../social/index.ts';
import { card } from './cards.ts';
import { photoPath } from './profile.ts';
import { personPath } from './someone.ts';

/** So much of a comment is told. */
const LONGEST = 200;

/** What the page of notices prints. */
export const together = (notices: readonly Told[]) => gather(notices).map(shown);

function shown({ newest, names, others, people }: Gathered) {
  const { kind, image, body, username, photo, read, createdAt } = newest;
  return {
    names: names.map((name) => ({
      name: name ?? say('image.anonymous'),
      href: name === null ? null : personPath(name),
    })),
    others: others > 0 ? say('notices.others', { count: others }) : null,
    words: say(`notices.did.${kind}`, { count: people }),
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
