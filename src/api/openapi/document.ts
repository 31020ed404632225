import { words } from '../../lib/words/index.ts';
import { GROUPS, OPERATIONS, type Operation } from '../operations/index.ts';
import { pathItems } from './paths.ts';
import { referTo, schemasOf, type Json } from './schemas.ts';

/** Where scripts find what is described. */
const PREFIX = '/api/v1';

const whole = { type: 'integer', minimum: 0 };
const header = (description: string, schema: Json) => ({ description, schema });

const HEADERS = () => ({
  ETag: header(words('api.header.etag'), { type: 'string' }),
  'RateLimit-Limit': header(words('api.header.limit'), whole),
  'RateLimit-Remaining': header(words('api.header.remaining'), whole),
  'RateLimit-Reset': header(words('api.header.reset'), whole),
  'Retry-After': header(words('api.header.retry'), whole),
  Location: header(words('api.header.location'), { type: 'string' }),
});

const PARAMETERS = () => ({
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: words('api.send.match'),
    schema: { type: 'string' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: words('api.send.key'),
    schema: { type: 'string', maxLength: 100 },
  },
});

const REFUSALS = ['401', '403', '404', '422', '429', 'default'] as const;

const refusal = (description: string, name = 'Refusal', headers: Json = {}) => ({
  description,
  headers,
  content: { 'application/json': { schema: referTo(name) } },
});

const refer = (name: string) => ({ [name]: { $ref: `#/components/headers/${name}` } });

const RESPONSES = () => ({
  301: { description: words('api.refused.301'), headers: refer('Location') },
  304: { description: words('api.refused.304'), headers: refer('ETag') },
  409: refusal(words('api.refused.409'), 'Alike'),
  ...Object.fromEntries(
    REFUSALS.map((status) => [
      status,
      refusal(words(`api.refused.${status}`), 'Refusal', status === '429' ? refer('Retry-After') : {}),
    ]),
  ),
});

/** The OpenAPI 3.1 document of what scripts can do, made from the schemas that check what they send and say what they get. */
export function documentOf(operations: readonly Operation[] = OPERATIONS) {
  const schemas = schemasOf(operations);
  return {
    openapi: '3.1.0',
    info: { title: words('site.name'), version: '1', description: words('api.lead') },
    servers: [{ url: PREFIX }],
    tags: GROUPS.map((name) => ({ name, description: words(`api.group.${name}`) })),
    paths: pathItems(operations, schemas),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: words('api.token') } },
      schemas: schemas.schemas,
      headers: HEADERS(),
      parameters: PARAMETERS(),
      responses: RESPONSES(),
    },
  };
}

export type ApiDocument = ReturnType<typeof documentOf>;
