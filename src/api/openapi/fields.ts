import { words } from '../../lib/words/index.ts';

/** A schema as far as the reference tells of it. */
export interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  maxLength?: number;
}

/** A field that is sent, as people read it. */
export interface Field {
  name: string;
  kind: string;
  needed: boolean;
}

type Named = Readonly<Record<string, Schema>>;

/** The fields of a form or an answer; of one that comes in several kinds all that there are. */
export function fieldsOf(schema: Schema, named: Named): Field[] {
  if (schema.$ref) return fieldsOf(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, named);
  const { properties = {}, required = [], anyOf = [], oneOf = [] } = schema;
  const kinds = [...anyOf, ...oneOf].map((kind) => fieldsOf(kind, named));
  if (kinds.length > 0) return merged(kinds);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    kind: kindOf(schema),
    needed: required.includes(name),
  }));
}

function merged(forms: readonly Field[][]): Field[] {
  const names = [...new Set(forms.flat().map(({ name }) => name))];
  return names.map((name) => {
    const found = forms.flatMap((fields) => fields.filter((field) => field.name === name));
    const kind = [...new Set(found.map((field) => field.kind))].join(', ');
    return { name, kind, needed: found.length === forms.length && found.every(({ needed }) => needed) };
  });
}

/** What may stand in a field. */
export function kindOf({ enum: choices, const: only, type, maxLength, anyOf }: Schema): string {
  if (only !== undefined) return String(only);
  if (choices) return choices.map(String).join(', ');
  if (maxLength !== undefined) return words('api.kind.up_to', { count: maxLength });
  if (anyOf) return [...new Set(anyOf.map(kindOf))].filter(Boolean).join(', ');
  return [type ?? 'string'].flat().map(kindName).join(', ');
}

const kindName = (type: string): string =>
  type === 'integer' || type === 'number'
    ? words('api.kind.number')
    : type === 'array'
      ? words('api.kind.list')
      : words('api.kind.text');
