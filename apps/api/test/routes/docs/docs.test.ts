import test from 'ava';
import { Value } from 'typebox/value';
import { type ProblemCode, problems } from '../../../src/problem.ts';
import { buildTestApp } from '../../support/app.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security?: readonly object[];
  readonly requestBody: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly content?: Readonly<Record<string, Media>>;
}

interface Schema {
  readonly $ref?: string;
  readonly format?: string;
  readonly examples?: readonly unknown[];
}

interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: object }>>;
}

interface Description {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly components: {
    readonly securitySchemes?: object;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
  readonly security?: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const apiKey = 'a-key-for-these-tests';

async function describe(
  t: Parameters<typeof buildTestApp>[0],
  config: Parameters<typeof buildTestApp>[1] = {},
): Promise<Description> {
  const app = await buildTestApp(t, config);
  return (await app.inject({ url: '/openapi.json', headers: { 'x-api-key': apiKey } })).json();
}

function operationsOf({ paths }: Description): [string, Operation][] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
}

test('/docs/ is an HTML page', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject('/docs/');
  t.is(response.statusCode, 200);
  t.is(response.headers['content-type'], 'text/html; charset=utf-8');
});

test('the document is OpenAPI 3.1 and has every route', async t => {
  const description = await describe(t);
  t.regex(description.openapi, /^3\.1\./);
  t.deepEqual(
    operationsOf(description)
      .map(([name]) => name)
      .sort(),
    [
      'delete /disagreements/{id}',
      'delete /feedback/{id}',
      'get /disagreements',
      'get /disagreements/{id}/image',
      'get /feedback',
      'get /feedback/export',
      'get /feedback/{id}',
      'get /feedback/{id}/image',
      'get /health/live',
      'get /health/ready',
      'get /metrics',
      'get /model',
      'get /model/layers/{layer}/neurons/{index}',
      'get /v2',
      'get /v2/health/live',
      'get /v2/health/ready',
      'get /v2/models/{name}',
      'get /v2/models/{name}/ready',
      'get /v2/models/{name}/versions/{version}',
      'get /v2/models/{name}/versions/{version}/ready',
      'post /disagreements/{id}/label',
      'post /feedback',
      'post /model/layers/{layer}/neurons/{index}',
      'post /predict',
      'post /v2/models/{name}/infer',
      'post /v2/models/{name}/versions/{version}/infer',
    ],
  );
});

test('every route has a summary, a description and a described tag', async t => {
  const description = await describe(t);
  const operations = operationsOf(description);
  const tags = description.tags.map(({ name }) => name);
  for (const [name, { summary, description, tags: own }] of operations) {
    t.regex(summary, /\w/, name);
    t.regex(description, /\w/, name);
    t.is(own.length, 1, name);
    t.true(tags.includes(own[0]!), name);
  }
  t.is(new Set(operations.map(([, { operationId }]) => operationId)).size, operations.length);
});

test('every response has an example, unless it is a file or empty', async t => {
  const description = await describe(t);
  for (const [name, { responses }] of operationsOf(description)) {
    for (const [status, { content = {} }] of Object.entries(responses)) {
      for (const [type, media] of Object.entries(content)) {
        const schema = schemaOf(media, description);
        if (schema.format === 'binary') continue;
        const examples = examplesOf(media, schema);
        t.true(examples.length > 0, `${name}: ${status} ${type}`);
        for (const example of examples) t.true(Value.Check(schema, example), name);
      }
    }
  }
});

test('shared schemas are described once', async t => {
  const text = JSON.stringify(await describe(t));
  t.is(text.split('Identifies the kind of problem.').length - 1, 1);
});

/** The schema with all references resolved. */
function schemaOf({ schema }: Media, { components: { schemas } }: Description): Schema {
  const whole = JSON.stringify(schema, (_key, value) =>
    value?.$ref ? schemas[value.$ref.replace('#/components/schemas/', '')] : value,
  );
  return JSON.parse(whole);
}

function examplesOf({ example, examples = {} }: Media, schema: Schema): unknown[] {
  const named = Object.values(examples).map(({ value }) => value);
  return [...(schema.examples ?? []), ...named, ...(example === undefined ? [] : [example])];
}

test('a picture can be selected in the page, as a form or as a bare file', async t => {
  const { paths } = await describe(t);
  const { content } = paths['/predict']!['post']!.requestBody;
  t.like(content['multipart/form-data']?.schema, {
    required: ['file'],
    properties: { file: { type: 'string', format: 'binary' } },
  });
  for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
    t.like(content[type]?.schema, { type: 'string', format: 'binary' });
  }
});

test('every problem is described under its status, with an example', async t => {
  for (const [name, { responses }] of operationsOf(await describe(t))) {
    const failures = Object.entries(responses).filter(([status]) => status >= '400');
    t.true(failures.length >= 3, name);
    for (const [status, { content = {} }] of failures) {
      for (const { examples = {} } of Object.values(content)) {
        t.true(Object.keys(examples).length > 0, `${name}: ${status}`);
        for (const [code, { value }] of Object.entries(examples)) {
          t.is(String(problems[code as ProblemCode].status), status);
          t.like(value, { code });
        }
      }
    }
  }
});

for (const [condition, config, withIt, without] of [
  ['there is a key', { apiKey }, ['401', '429'], ['503']],
  ['there is a rate limit', { rateLimit: 1000 }, ['429'], ['401', '503']],
  ['it may be overloaded', { maxEventLoopDelayMs: 3_600_000 }, ['503'], ['401', '429']],
  ['there are no limits', {}, [], ['401', '429', '503']],
] as const) {
  test(`common problems are documented where ${condition}`, async t => {
    const { paths } = await describe(t, { maxMemoryBytes: 0, ...config });
    const { responses } = paths['/feedback']!['get']!;
    const codes = Object.values(responses).flatMap(({ content = {} }) =>
      Object.keys(content['application/problem+json']?.examples ?? {}),
    );
    const around = codes.filter(code => code !== 'feedback-unavailable');
    const statuses = around.map(code => String(problems[code as ProblemCode].status));
    for (const status of withIt) t.true(statuses.includes(status), status);
    for (const status of without) t.false(statuses.includes(status), status);
    const probe = Object.keys(paths['/health/live']!['get']!.responses);
    t.deepEqual(probe, ['200', '400', '408', '431', '500']);
  });
}

test('errors of the inference protocol have its own form', async t => {
  const { paths } = await describe(t, { apiKey });
  const { responses } = paths['/v2/models/{name}/infer']!['post']!;
  t.deepEqual(Object.keys(responses['401']!.content!), ['application/json']);
  t.like(responses['503']!.content!['application/json']!.examples, {
    'not-ready': { value: { code: 'not-ready' } },
    'handler-timeout': { value: { code: 'handler-timeout' } },
  });
});

test('security is documented where there is a key, except for the probes', async t => {
  const open = await describe(t);
  t.is(open.security, undefined);
  const closed = await describe(t, { apiKey });
  t.deepEqual(closed.security, [{ bearer: [] }, { apiKey: [] }]);
  t.deepEqual(Object.keys(closed.components.securitySchemes!), ['bearer', 'apiKey']);
  t.is(closed.paths['/predict']!['post']!.security, undefined);
  t.deepEqual(closed.paths['/v2/health/ready']!['get']!.security, []);
});
