import { drawStrokes } from '@digits/canvas';
import test from 'ava';
import { encodeDrawing } from '../../src/drawing-png.ts';
import { createClient } from '../../src/service/client.ts';
import {
  CLOSED_URL,
  type FakeService,
  READY,
  respondJson,
  respondSeven,
  SEVEN_PREDICTION,
  startFakeService,
} from '../fake-service.ts';

const PNG = encodeDrawing(drawStrokes([[[3, 5]]]));
const never = () => new AbortController().signal;

const predictFrom = (baseUrl: string, timeoutMs = 60_000) =>
  createClient({ baseUrl, timeoutMs }).predict(PNG, never());

/** Starts a service for the length of one use. */
async function withService<T>(
  respond: Parameters<typeof startFakeService>[0],
  use: (service: FakeService) => Promise<T>,
): Promise<T> {
  const service = await startFakeService(respond);
  try {
    return await use(service);
  } finally {
    await service.close();
  }
}

test('a drawing goes out as a PNG in the multipart field "file" and comes back as a prediction', async t => {
  await withService(respondSeven, async ({ url, received }) => {
    t.deepEqual(await predictFrom(url), SEVEN_PREDICTION);
    const [request] = received;
    t.like(request, { method: 'POST', path: '/predict' });
    t.regex(request?.contentType ?? '', /^multipart\/form-data; *boundary=/);
    t.true(request?.body.includes('name="file"; filename="drawing.png"'));
    t.true(request?.body.includes('Content-Type: image/png'));
    t.true(request?.body.includes(Buffer.from(PNG)));
  });
});

test('a ready service names its model', async t => {
  await withService(respondJson(200, READY), async ({ url, received }) => {
    const model = await createClient({ baseUrl: url, timeoutMs: 60_000 }).ready(never());
    t.deepEqual(model, { name: 'digits', version: '5.7.11' });
    t.like(received[0], { method: 'GET', path: '/health/ready' });
  });
});

test('a path in the address is kept, and its final slash does not matter', async t => {
  await withService(respondSeven, async ({ url, received }) => {
    await predictFrom(`${url}/digits/`);
    t.is(received[0]?.path, '/digits/predict');
  });
});

test('where nothing listens the service is unreachable', async t => {
  const error = await t.throwsAsync(predictFrom(CLOSED_URL));
  t.like(error, { code: 'SERVICE_UNREACHABLE' });
});

test('a connection that breaks makes it unreachable too', async t => {
  await withService(
    request => request.socket.destroy(),
    async ({ url }) => {
      t.like(await t.throwsAsync(predictFrom(url)), { code: 'SERVICE_UNREACHABLE' });
    },
  );
});

test('no answer in time is a time-out', async t => {
  await withService(
    () => {},
    async ({ url }) => {
      t.like(await t.throwsAsync(predictFrom(url, 20)), { code: 'SERVICE_TIMEOUT' });
    },
  );
});

test('a question that is given up ends at once', async t => {
  const asker = new AbortController();
  await withService(
    () => asker.abort(),
    async ({ url }) => {
      const asking = createClient({ baseUrl: url, timeoutMs: 60_000 }).predict(PNG, asker.signal);
      t.like(await t.throwsAsync(asking), { code: 'SERVICE_CANCELLED' });
    },
  );
});

test('a problem document is told in its own words', async t => {
  const problem = { title: 'Too large', detail: 'At most 5 MiB.', code: 'TOO_LARGE', status: 413 };
  await withService(respondJson(413, problem, 'application/problem+json'), async ({ url }) => {
    t.like(await t.throwsAsync(predictFrom(url)), {
      code: 'SERVICE_PROBLEM',
      message: 'The service answered: Too large: At most 5 MiB.',
    });
  });
});

test('any other refusal is told by its status', async t => {
  await withService(respondJson(500, 'oh'), async ({ url }) => {
    t.like(await t.throwsAsync(predictFrom(url)), {
      code: 'SERVICE_PROBLEM',
      message: 'The service answered: status 500',
    });
  });
});

test('a redirect is not followed', async t => {
  await withService(
    (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    async ({ url, received }) => {
      t.like(await t.throwsAsync(predictFrom(url)), { code: 'SERVICE_PROBLEM' });
      t.is(received.length, 1);
    },
  );
});

for (const [what, body] of [
  ['no JSON', '<html>'],
  ['nothing', ''],
  ['JSON of another shape', '{"digit":7}'],
  ['far too much', 'x'.repeat(1 << 20)],
] as const) {
  test(`${what} with status 200 is a bad answer`, async t => {
    await withService(
      (_, response) => response.end(body),
      async ({ url }) => {
        t.like(await t.throwsAsync(predictFrom(url)), { code: 'SERVICE_BAD_ANSWER' });
      },
    );
  });
}
