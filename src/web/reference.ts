import { documentOf } from '../api/openapi/document.ts';
import { exampleOf } from '../api/openapi/examples.ts';
import { fieldsOf, kindOf, type Field, type Schema } from '../api/openapi/fields.ts';
import { scopeOf, templateOf } from '../api/openapi/paths.ts';
import { GROUPS, OPERATIONS, type Operation } from '../api/operations/index.ts';
import { inLanguage, say, words, type Language } from '../lib/words/index.ts';
import { page, type Answer } from './answer.ts';
import { baseOf } from './base.ts';
import type { Visit } from './visit.ts';

/** It is the same for everybody who reads the same language. Tools read English. */
const documents: Record<Language, ReturnType<typeof documentOf>> = {
  en: documentOf(),
  de: inLanguage('de', documentOf),
};

/** What the document says of one operation, as far as the page shows it. */
interface Item {
  summary: string;
  parameters: { name?: string; in?: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: { $ref: string } }> };
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}

type Paths = Record<string, Record<string, Item>>;
/** Names and kinds of fields, in no language. */
const schemas = documents.en.components.schemas as Record<string, Schema>;

/** GET /api: what scripts can do, for people; and as the document that it is made from, for tools at /api/v1/openapi.json. */
export function reference(visit: Visit): Answer {
  const base = baseOf(visit);
  const { language } = visit;
  const paths = documents[language].paths as Paths;
  const groups = inLanguage(language, () =>
    GROUPS.map((name) => ({
      name,
      heading: words(`api.group.${name}`),
      operations: OPERATIONS.filter(({ group }) => group === name).map((operation) => shown(operation, paths, base)),
    })),
  );
  const first = `curl -H "Authorization: Bearer $TOKEN" ${base}/api/v1/images`;
  return page('api/reference', { groups, first }, { title: say('api.heading'), json: () => documents.en });
}

function shown(operation: Operation, paths: Paths, base: string) {
  const { id, method, path } = operation;
  const item = paths[templateOf(path)]?.[method.toLowerCase()];
  if (!item) throw new Error(`the document has no ${method} ${path}`);
  return {
    id,
    method,
    path: pathShown(path),
    summary: item.summary,
    scope: scopeOf(operation),
    query: queryOf(item),
    fields: formOf(operation, item),
    answers: answersOf(item),
    example: exampleOf(base, operation),
  };
}

/** `/images/:id{/:slug}` as people read it. */
const pathShown = (path: string) =>
  path.replaceAll(/[{}]/g, '').replaceAll(/:(\w+)/g, (_, name: string) => name.toUpperCase());

const hasChoices = ({ enum: choices, anyOf = [] }: Schema): boolean => choices !== undefined || anyOf.some(hasChoices);

const queryOf = ({ parameters }: Item) =>
  parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name = '', required = false, description = '', schema = {} }) => ({
      name,
      kind: [hasChoices(schema) ? kindOf(schema) : '', description].filter(Boolean).join(' · ') || kindOf(schema),
      needed: required,
    }));

function formOf({ upload }: Operation, { requestBody }: Item): Field[] {
  const file = upload ? [{ name: upload, kind: words('api.kind.file'), needed: false }] : [];
  return [...fieldsOf(requestBody?.content['application/json']?.schema ?? {}, schemas), ...file];
}

/** What it answers when it is done, by its status. */
const answersOf = ({ responses }: Item) =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, { content = {} }]) => {
      const fields = fieldsOf(content['application/json']?.schema ?? {}, schemas);
      return { status, fields: fields.map((field) => field.name) };
    });
