import { z } from 'zod';

/** Under which heading an address stands in the reference. */
export const GROUPS = ['images', 'people', 'boards', 'finding', 'many', 'account', 'running'] as const;

/** `bytes` is a file as it is. */
export type Shape = z.ZodType | 'bytes';

/** What a script can do at one address: what it sends, and what it is answered when that is done. */
export interface Operation {
  method: 'GET' | 'POST';
  /** As it stands in routes.ts. */
  path: string;
  /** By this name generated clients call it; its sentence is `api.op.` and the name. */
  id: string;
  group: (typeof GROUPS)[number];
  query: z.ZodObject | null;
  form: z.ZodType | null;
  /** The field that a file may come in. */
  upload: 'image' | 'photo' | null;
  answers: Readonly<Record<number, Shape>>;
  /** Whether another spelling of the address leads to it with 301. */
  moves: boolean;
  /** What is said where the member has the picture already (409). */
  alike: z.ZodType | null;
}

type Told = Partial<Pick<Operation, 'query' | 'form' | 'upload' | 'moves' | 'alike'>>;

const isShape = (answers: Shape | Operation['answers']): answers is Shape => answers === 'bytes' || '_zod' in answers;

const described =
  (method: Operation['method'], group: Operation['group']) =>
  (path: string, id: string, answers: Shape | Operation['answers'], told: Told = {}): Operation => ({
    method,
    path,
    id,
    group,
    answers: isShape(answers) ? { 200: answers } : answers,
    query: null,
    form: null,
    upload: null,
    moves: false,
    alike: null,
    ...told,
  });

/** What a group of addresses is written down with. */
export const inGroup = (group: Operation['group']) => ({
  reads: described('GET', group),
  does: described('POST', group),
});

const text = z.string().optional();

/** Which part of a list: by its number, or by the key that `next` ends with. */
export const byPage = z.object({ page: z.int().positive().optional(), after: text });
export const byKey = z.object({ after: text });
export const asked = text;
