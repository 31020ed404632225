import { z } from 'zod';
import { actionShape } from '../actions.ts';
import { boardList, boardShape, wholeBoardShape } from '../boards.ts';
import { commentShape } from '../comments.ts';
import { imageList, imageShape, tierShape, wholeImageShape } from '../images.ts';
import { manyShape } from '../many.ts';
import type { Operation } from '../operations/index.ts';
import { peopleList, personShape } from '../people.ts';
import { alikeShape, errorShape, refusalShape } from '../refusals.ts';
import { deletedShape } from '../shape.ts';
import { tagList, tagShape } from '../tags.ts';

export type Json = Record<string, unknown>;

/** What is found in several answers, by the name that clients know it by. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Image: imageShape,
  WholeImage: wholeImageShape,
  ImageList: imageList,
  Tier: tierShape,
  Person: personShape,
  PersonList: peopleList,
  Board: boardShape,
  WholeBoard: wholeBoardShape,
  BoardList: boardList,
  Comment: commentShape,
  Tag: tagShape,
  TagList: tagList,
  Action: actionShape,
  Many: manyShape,
  Deleted: deletedShape,
  Error: errorShape,
  Refusal: refusalShape,
  Alike: alikeShape,
};

const capital = (id: string) => `${id.charAt(0).toUpperCase()}${id.slice(1)}`;

export const referTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The schemas of all that is sent and answered, and what each is called. */
export interface Schemas {
  schemas: Json;
  nameOf(schema: z.ZodType): string;
}

export function schemasOf(operations: readonly Operation[]): Schemas {
  const answers = new Map(Object.entries(NAMED).map(([name, schema]) => [schema, name]));
  const forms = new Map<z.ZodType, string>();
  for (const { id, answers: given, form } of operations) {
    for (const [status, shape] of Object.entries(given))
      if (shape !== 'bytes' && !answers.has(shape)) answers.set(shape, `${capital(id)}${answered(status, given)}`);
    if (form && !forms.has(form)) forms.set(form, `${capital(id)}Form`);
  }
  return {
    schemas: { ...written(answers, 'output'), ...written(forms, 'input') },
    nameOf: (schema) => answers.get(schema) ?? forms.get(schema) ?? unnamed(),
  };
}

/** Where one thing answers differently, its names differ by the status. */
const answered = (status: string, given: Operation['answers']) =>
  new Set(Object.values(given)).size > 1 ? status : 'Answer';

const unnamed = (): never => {
  throw new Error('a schema that no operation has');
};

function written(named: ReadonlyMap<z.ZodType, string>, io: 'input' | 'output'): Json {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of named) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { ...options(io), uri: (id) => referTo(id).$ref });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema as Json)]));
}

/** What an address is asked by, each as a parameter. */
export const parametersOf = (query: z.ZodObject): Json[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(query, options('input'));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
};

/** They stand in one document under their names. */
const bare = (schema: Json): Json =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id'));

type Options = NonNullable<Parameters<typeof z.toJSONSchema>[1]>;

const options = (io: 'input' | 'output'): Options => ({
  io,
  unrepresentable: 'any',
  override({ zodSchema, jsonSchema }) {
    // That a whole number fits where numbers are kept says nothing to anybody.
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.format === 'starts_with') delete jsonSchema.format;
    if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    if (io === 'input' && zodSchema instanceof z.ZodObject) askFor(zodSchema, jsonSchema);
  },
});

/** What a form must have is whatever it is refused without: fields that are read before they are checked do not say so. */
function askFor({ shape }: z.ZodObject, jsonSchema: Json) {
  const fields = Object.entries(shape) as [string, z.ZodType][];
  const required = fields.filter(([, field]) => !field.safeParse(undefined).success).map(([name]) => name);
  if (required.length > 0) jsonSchema['required'] = required;
  else delete jsonSchema['required'];
}
