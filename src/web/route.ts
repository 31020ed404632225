import type { Refusal } from '../errors.ts';
import type { Answer } from './answer.ts';
import type { Door } from './doors.ts';
import type { LimitName } from './edge/limits.ts';
import type { Visit } from './visit.ts';

/** The field that a file may come in. */
export type UploadField = 'image' | 'photo';

export type Handler<V extends Visit> = (visit: V) => Promise<Answer> | Answer;

/** Shows the form again, as the person left it, with what is to be mended; or throws what no form can mend. */
export type Again<V extends Visit> = (visit: V, refusal: Refusal) => Promise<Answer> | Answer;

/** All visitors together, or besides them each member. */
export type Kept = 'visitors' | 'each';

interface RouteOptions<V extends Visit> {
  /** How often in a while; for every route that changes something. */
  limit?: LimitName;
  again?: Again<V>;
  /** Whether a file may come with the form. */
  upload?: UploadField;
  /** Whether one form speaks of many images, and is as long as that takes. */
  long?: boolean;
  /** Whether a mail program may send it by itself, without the token of a page: its address holds a secret of its own. */
  oneClick?: boolean;
  /** Whether the device's share sheet sends it: without a token, and with as many files as somebody chose. */
  shared?: boolean;
  /** Who gets the same page each time, but for the tokens of its forms: it is printed once until anything changes. */
  kept?: Kept;
}

/** A route as the edge runs it: the door first, then what stands behind it. */
export interface Route {
  method: 'GET' | 'POST';
  path: string;
  door: string;
  limit: LimitName | null;
  upload: UploadField | null;
  long: boolean;
  oneClick: boolean;
  shared: boolean;
  kept: Kept | null;
  open(visit: Visit): Promise<Opened>;
}

export interface Opened {
  handle(): Promise<Answer>;
  again: ((refusal: Refusal) => Promise<Answer>) | null;
}

function route<V extends Visit>(
  method: 'GET' | 'POST',
  path: string,
  door: Door<V>,
  handler: Handler<V>,
  options: RouteOptions<V> = {},
): Route {
  const { again } = options;
  return {
    method,
    path,
    door: door.name,
    limit: options.limit ?? null,
    upload: options.upload ?? null,
    long: options.long ?? false,
    oneClick: options.oneClick ?? false,
    shared: options.shared ?? false,
    kept: options.kept ?? null,
    async open(visit) {
      const inside = await door.open(visit);
      // The form is read after the door has opened: hand it on.
      const withForm = () => Object.assign(inside, { form: visit.form, upload: visit.upload });
      return {
        handle: async () => handler(withForm()),
        again: again ? async (refusal) => again(withForm(), refusal) : null,
      };
    },
  };
}

/** A page or a list. A handler that wants a person cannot stand behind a door that lets anyone in: it does not compile. */
export const get = <V extends Visit>(
  path: string,
  door: Door<V>,
  handler: Handler<V>,
  options: Pick<RouteOptions<V>, 'again' | 'kept'> = {},
): Route => route('GET', path, door, handler, options);

/** Something that changes: it names its limit. */
export const post = <V extends Visit>(
  path: string,
  door: Door<V>,
  handler: Handler<V>,
  options: RouteOptions<V> & { limit: LimitName },
): Route => route('POST', path, door, handler, options);
