import { isWordKey, words } from '../../lib/words/index.ts';
import type { Operation, Shape } from '../operations/index.ts';
import { parametersOf, referTo, type Json, type Schemas } from './schemas.ts';

/** `/images/:id{/:slug}` as OpenAPI writes it. */
export const templateOf = (path: string) => path.replaceAll(/[{}]/g, '').replaceAll(/:(\w+)/g, '{$1}');

/** What a token must be good for. */
export const scopeOf = ({ method, path }: Pick<Operation, 'method' | 'path'>) =>
  /^\/(?:admin|moderation)\b/.test(path) ? 'admin' : method === 'POST' ? 'write' : 'read';

export const refusalIn = (status: string) => ({ $ref: `#/components/responses/${status}` });

export function pathItems(operations: readonly Operation[], schemas: Schemas): Json {
  const items: Record<string, Json> = {};
  for (const operation of operations) {
    const item = (items[templateOf(operation.path)] ??= {});
    item[operation.method.toLowerCase()] = itemOf(operation, schemas);
  }
  return items;
}

function itemOf(operation: Operation, schemas: Schemas): Json {
  const { id, group, form } = operation;
  return {
    operationId: id,
    tags: [group],
    summary: sentence(`api.op.${id}`),
    security: [{ token: [scopeOf(operation)] }],
    parameters: [...inPath(operation), ...inQuery(operation), ...inHeaders(operation)],
    ...(form ? { requestBody: bodyOf(operation, schemas) } : {}),
    responses: responsesOf(operation, schemas),
  };
}

function sentence(key: string): string {
  if (!isWordKey(key)) throw new Error(`no words for ${key}`);
  return words(key);
}

const NUMBERS = new Set(['id', 'comment']);

const inPath = ({ path }: Operation): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: NUMBERS.has(name) ? 'integer' : 'string' },
  }));

const inQuery = ({ query }: Operation): Json[] =>
  (query ? parametersOf(query) : []).map((parameter) => {
    const key = `api.query.${String(parameter['name'])}`;
    return isWordKey(key) ? { ...parameter, description: words(key) } : parameter;
  });

/** What is made once for a key is what has a place for it in its form. */
const hasKey = ({ form }: Operation) => form !== null && 'shape' in form && 'once' in (form.shape as object);

const header = (name: string) => ({ $ref: `#/components/parameters/${name}` });

const inHeaders = (operation: Operation): Json[] =>
  operation.method === 'GET'
    ? givesJson(operation)
      ? [header('IfNoneMatch')]
      : []
    : hasKey(operation)
      ? [header('IdempotencyKey')]
      : [];

const givesJson = ({ answers }: Operation) => Object.values(answers).some((shape) => shape !== 'bytes');

/** Forms may be written in any of three ways; a file comes in one of them alone. */
function bodyOf({ form, upload }: Operation, { nameOf }: Schemas): Json {
  const schema = form ? referTo(nameOf(form)) : {};
  const file = upload && { type: 'object', properties: { [upload]: { type: 'string', format: 'binary' } } };
  return {
    content: {
      'application/json': { schema },
      'application/x-www-form-urlencoded': { schema },
      'multipart/form-data': { schema: file ? { allOf: [schema, file] } : schema },
    },
  };
}

function responsesOf(operation: Operation, schemas: Schemas): Json {
  const { method, path, query, form, alike, moves, answers } = operation;
  const done = Object.entries(answers).map(([status, shape]) => [status, doneOf(operation, shape, schemas)] as const);
  const refused = ['401', '403', '429'];
  if (path.includes(':')) refused.push('404');
  if (query || form) refused.push('422');
  return {
    ...Object.fromEntries(done),
    ...(moves ? { 301: refusalIn('301') } : {}),
    ...(method === 'GET' && givesJson(operation) ? { 304: refusalIn('304') } : {}),
    ...(alike ? { 409: refusalIn('409') } : {}),
    ...Object.fromEntries(refused.map((status) => [status, refusalIn(status)])),
    default: refusalIn('default'),
  };
}

const LEFT = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];

function doneOf({ method }: Operation, shape: Shape, { nameOf }: Schemas): Json {
  const names = method === 'POST' ? LEFT : shape === 'bytes' ? [] : ['ETag'];
  const headers = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
  const description = words('api.done');
  if (shape === 'bytes')
    return { description, content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } };
  return { description, headers, content: { 'application/json': { schema: referTo(nameOf(shape)) } } };
}
