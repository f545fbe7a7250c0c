// Moves titled schemas of an OpenAPI document to its components and refers to them, which makes it a
// third as long.

type Schemas = Record<string, object>;

/** The same document with its titled schemas under `components.schemas`, as OpenAPI 3.1 has it. */
export function hoistTitledSchemas<Document extends { components?: { schemas?: object } }>(
  document: Document,
): Document {
  const schemas: Schemas = {};
  const shared = replaceTitled(document, schemas) as Document;
  return { ...shared, components: { ...shared.components, schemas } };
}

function replaceTitled(value: unknown, schemas: Schemas): unknown {
  if (Array.isArray(value)) return value.map(item => replaceTitled(item, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const { description, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replaceTitled(inner, schemas)]),
  );
  if (!isTitled(value)) return description === undefined ? rest : { description, ...rest };
  schemas[value.title] ??= rest;
  const reference = { $ref: `#/components/schemas/${value.title}` };
  // The description differs from place to place.
  return description === undefined ? reference : { description, ...reference };
}

/** Examples of problems have a title too, but their `type` is not "object". */
function isTitled(value: object): value is { readonly title: string } {
  return 'type' in value && value.type === 'object' && 'title' in value;
}
