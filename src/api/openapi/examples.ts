import { templateOf } from './paths.ts';
import type { Operation } from '../operations/index.ts';

/** What the examples send: a field that begins with `@` is a file. Names in capitals are for the reader to fill in. */
const SENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  saveImage: { title: 'A find', tags: 'blue, glass', image: '@find.jpg' },
  saveSeveral: { url1: '$ADDRESS', title1: 'Blue', tags: 'glass' },
  findOnPage: { url: '$PAGE' },
  editImage: { title: 'A better title' },
  likeImage: { action: 'like' },
  addComment: { body: 'What a blue!' },
  editComment: { body: 'What a deep blue!' },
  fileImage: { title: 'Blue things' },
  shareDraft: { title: 'Look at this later', url: 'https://example.org/' },
  followPerson: { action: 'follow' },
  editProfile: { bio: 'I collect blue things.' },
  createBoard: { title: 'Glass', description: 'What light goes through', visibility: 'public' },
  editBoard: { description: 'All that is blue' },
  arrangeBoard: { action: 'add', image: '$ID' },
  changeBoardPeople: { action: 'invite', username: '$FRIEND' },
  changeBoardLink: { action: 'make' },
  answerInvitation: { action: 'accept' },
  followBoard: { action: 'follow' },
  changeMany: { action: 'tag', tags: 'blue', ids: '$ID' },
  changeAccount: { action: 'role', role: 'moderator' },
  invite: { email: 'friend@example.org' },
  changeJob: { action: 'retry' },
  changeAlias: { action: 'make', name: 'navy-blue', tag: 'blue' },
};

const ASKED: Readonly<Record<string, string>> = {
  readSave: 'once=$ONCE',
  findSaved: 'url=https://example.org/blue.jpg',
  listRanking: 'of=week',
  search: 'q=blue',
  completeSearch: 'q=bl',
};

const quoted = (text: string) => (text.includes('$') ? `"${text}"` : /[^\w=.@/:-]/.test(text) ? `'${text}'` : text);

/** The path with what the reader fills in; an image is found without its slug. */
const pathOf = ({ path }: Operation) =>
  templateOf(path.replace('{/:slug}', '')).replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);

/** How an operation is asked for in a shell that has the token and what is in capitals; it runs as it stands. */
export function exampleOf(base: string, operation: Operation): string {
  const { id, method, moves, answers } = operation;
  const sent = Object.entries(SENT[id] ?? {});
  const hasFile = sent.some(([, value]) => value.startsWith('@'));
  const fields = sent.map(([name, value]) => `${hasFile ? '-F' : '-d'} ${quoted(`${name}=${value}`)}`);
  const query = ASKED[id] ? `?${ASKED[id]}` : '';
  const flags = [
    ...(moves ? ['-L'] : []),
    ...(Object.values(answers).includes('bytes') ? ['-o image'] : []),
    ...(method === 'POST' && fields.length === 0 ? ['-X POST'] : []),
    ...fields,
  ];
  const address = quoted(`${base}/api/v1${pathOf(operation)}${query}`);
  return ['curl', '-H "Authorization: Bearer $TOKEN"', ...flags, address].join(' ');
}
