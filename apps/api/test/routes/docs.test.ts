import test from 'ava';
import { type ProblemCode, problems } from '../../src/problems/problem.ts';
import { buildTestApp } from '../support/app.ts';

test('the documentation is a page', async t => {
  const app = await buildTestApp(t);
  for (const url of ['/docs', '/docs/']) {
    const response = await app.inject(url);
    t.is(response.statusCode, 200);
    t.is(response.headers['content-type'], 'text/html; charset=utf-8');
  }
});

test('the description is OpenAPI 3.1 and has every route', async t => {
  const app = await buildTestApp(t);
  const { openapi, paths } = (await app.inject('/openapi.json')).json();
  t.regex(openapi, /^3\.1\./);
  t.deepEqual(Object.keys(paths).toSorted(), ['/health/live', '/health/ready', '/predict']);
});

test('a picture can be picked, as a form or as a bare file', async t => {
  const app = await buildTestApp(t);
  const { paths } = (await app.inject('/openapi.json')).json();
  const { content } = paths['/predict'].post.requestBody;
  t.like(content['multipart/form-data'].schema, {
    required: ['file'],
    properties: { file: { type: 'string', format: 'binary' } },
  });
  for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
    t.like(content[type].schema, { type: 'string', format: 'binary' });
  }
});

test('every problem is described under its status, with an example', async t => {
  const app = await buildTestApp(t);
  const { paths } = (await app.inject('/openapi.json')).json();
  const { responses } = paths['/predict'].post;
  t.deepEqual(Object.keys(responses), ['200', '400', '413', '415', '422', '500', '503']);
  for (const [status, { content }] of Object.entries<Response>(responses)) {
    const { examples = {} } = content['application/problem+json'] ?? {};
    for (const [code, { value }] of Object.entries(examples)) {
      t.is(String(problems[code as ProblemCode].status), status);
      t.like(value, { code, ...problems[code as ProblemCode] });
    }
  }
});

interface Response {
  readonly content: Partial<Record<string, { examples: Record<string, { value: object }> }>>;
}
