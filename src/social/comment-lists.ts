import { jsonRows, placeOf, query, readRows, type Db, type Part } from '../db/index.ts';
import type { Reader } from '../images/index.ts';
import { writeCursor } from '../lib/cursor.ts';

/** A comment as a reader may see it. */
export interface Comment {
  id: number;
  /** Null where they see "Anonymous", and for a member who is gone. */
  username: string | null;
  /** Whether whoever wrote it is no longer a member, or is disabled. */
  gone: boolean;
  mine: boolean;
  body: string;
  createdAt: number;
  editedAt: number | null;
  /** Public key of the small square of their photo. */
  photo: string | null;
  /** Who is named in it: the folded name that stands there, and the name they have now. */
  people: ReadonlyMap<string, string>;
}

export interface CommentPage {
  comments: Comment[];
  /** `after=` of what comes next, which is older; null at the end. */
  next: string | null;
}

type Tuple = [
  id: number,
  author: number | null,
  username: string | null,
  named: boolean | number,
  body: string,
  createdAt: number,
  editedAt: number | null,
  photo: string | null,
  people: [string, string][],
];

const people = jsonRows(
  'm.name_key, p.username',
  'mentions m JOIN accounts p ON p.id = m.account_id WHERE m.comment_id = x.id AND p.disabled_at IS NULL',
);

/** The newest comments of an image from a number downwards: whose image it is stays unsaid where their name is off. */
const found = `(SELECT c.id, c.account_id, c.body, c.created_at, c.edited_at, a.username, s.public_key AS photo,
    i.show_name OR c.account_id <> i.owner_id AS named
  FROM comments c JOIN images i ON i.id = c.image_id
  LEFT JOIN accounts a ON a.id = c.account_id AND a.disabled_at IS NULL
  LEFT JOIN photos s ON s.account_id = a.id AND s.size = 'small'
  WHERE c.image_id = ? AND c.id < ? ORDER BY c.id DESC LIMIT ?) x`;

const columns = (named: string) =>
  `x.id, x.account_id, x.username, x.named, x.body, x.created_at, x.edited_at, x.photo, ${named}`;
const text = {
  sqlite: jsonRows(columns(people.sqlite), found).sqlite,
  postgres: jsonRows(columns(people.postgres), found).postgres,
};

export const COMMENTS_SIZE = 16;
const TOP = Number.MAX_SAFE_INTEGER;

/** The newest comments, for an image's page. */
export const commentsPart: Part<[Reader, number], (reader: Reader) => CommentPage> = {
  text,
  values: (_reader, imageId) => [imageId, TOP, COMMENTS_SIZE + 1],
  read: (rows) => (reader) => asPage(reader, readRows<Tuple>(rows)),
};

const select = query<{ comments: unknown }>({
  sqlite: `SELECT ${text.sqlite} AS comments`,
  postgres: `SELECT ${text.postgres} AS comments`,
});

/** Comments below an image, the newest first; whether the reader may see the image is asked before. */
export async function readComments(db: Db, reader: Reader, imageId: number, after: string | null) {
  const row = await select.first(db, [imageId, after === null ? TOP : placeOf(after), COMMENTS_SIZE + 1]);
  return asPage(reader, readRows<Tuple>(row?.comments));
}

/** One comment, such as the one that was just written. */
export async function readComment(db: Db, reader: Reader, imageId: number, id: number): Promise<Comment | undefined> {
  const row = await select.first(db, [imageId, id + 1, 1]);
  return asPage(reader, readRows<Tuple>(row?.comments)).comments.find((comment) => comment.id === id);
}

/** One row more than the page holds tells that there is a next one. */
function asPage(reader: Reader, rows: Tuple[]): CommentPage {
  const all = rows.sort(([a], [b]) => b - a).map((row) => asComment(reader, row));
  const comments = all.slice(0, COMMENTS_SIZE);
  const last = comments.at(-1);
  return { comments, next: all.length > COMMENTS_SIZE && last ? writeCursor([last.id]) : null };
}

function asComment(reader: Reader, row: Tuple): Comment {
  const [id, author, username, named, body, createdAt, editedAt, photo, people] = row;
  const mine = author !== null && author === reader.id;
  const shown = mine || Boolean(named);
  return {
    id,
    username: shown ? username : null,
    gone: username === null,
    mine,
    body,
    createdAt,
    editedAt,
    photo: shown ? photo : null,
    people: new Map(people),
  };
}
