import { createRequire } from 'node:module';

/** Programs of others that read OpenAPI: they know nothing of how the document was made. */

interface Checked {
  valid: boolean;
  errors?: unknown;
}

type Check = ((answer: unknown) => boolean) & { errors?: unknown };

interface Schemas {
  addSchema(document: object, id: string): void;
  compile(schema: object): Check;
}

export interface Client {
  [operation: string]: (
    parameters?: object | null,
    body?: unknown,
    config?: object,
  ) => Promise<{ status: number; data: never; headers: Record<string, string> }>;
}

interface Described {
  paths: Record<string, Record<string, { responses: Record<string, unknown>; operationId: string }>>;
}

/** By name, so that what only these tests need is loaded, and looked at, with them alone. */
const need = createRequire(import.meta.url);
const needed = async (name: string): Promise<Record<string, unknown>> =>
  (await import(name)) as Record<string, unknown>;

/** What an independent checker says of a whole document. */
export async function checkDocument(document: object): Promise<Checked> {
  const { Validator } = await needed('@seriousme/openapi-schema-validator');
  const validator = new (Validator as new () => { validate(document: object): Promise<Checked> })();
  return validator.validate(document);
}

/** Checks answers against a document, to the last field. */
export function answersOf(document: Described) {
  const name: string = 'ajv/dist/2020.js';
  const { Ajv2020 } = need(name) as { Ajv2020: new (options: object) => Schemas };
  const formats: string = 'ajv-formats';
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  (need(formats) as { default: (ajv: Schemas) => void }).default(ajv);
  ajv.addSchema(document, 'document');
  /** What is wrong with an answer; nothing when it is as it is described. */
  return (method: string, template: string, status: number, answer: unknown): unknown => {
    const responses = document.paths[template]?.[method.toLowerCase()]?.responses ?? {};
    const told = String(status) in responses ? String(status) : 'default';
    if (!(told in responses)) return `${method} ${template} is not described`;
    const at = pointer(['paths', template, method.toLowerCase(), 'responses', told]);
    const response = responses[told] as { $ref?: string };
    const schema = `${response.$ref ?? at}/content/application~1json/schema`;
    const check = ajv.compile({ $ref: `document${schema}` });
    return check(answer) ? null : check.errors;
  };
}

const pointer = (steps: readonly string[]) =>
  `#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

/** A client that is made from a document. */
export async function clientOf(definition: object, base: string, token: string): Promise<Client> {
  const { OpenAPIClientAxios } = await needed('openapi-client-axios');
  const Made = OpenAPIClientAxios as new (options: object) => { init(): Promise<Client> };
  const axiosConfigDefaults = { headers: { Authorization: `Bearer ${token}` }, validateStatus: () => true };
  return new Made({ definition, withServer: { url: `${base}/api/v1` }, axiosConfigDefaults }).init();
}
