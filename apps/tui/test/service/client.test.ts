import { drawStrokes } from '@digits/canvas';
import test from 'ava';
import { createClient, imageType } from '../../src/service/client.ts';
import { encodeDrawing } from '../../src/storage/drawing-png.ts';
import {
  closedUrl,
  type FakeService,
  ready,
  respondJson,
  respondSeven,
  seven,
  sevenPrediction,
  startFakeService,
} from '../fake-service.ts';

const png = encodeDrawing(drawStrokes([[[3, 5]]]));
const never = () => new AbortController().signal;

const predictFrom = (baseUrl: string, timeoutMs = 60_000) =>
  createClient({ baseUrl, timeoutMs }).predict(png, { signal: never() });

/** Starts a service for the time of one call. */
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

test('a drawing is sent as a PNG in the multipart field "file", and the response is a prediction', async t => {
  await withService(respondSeven, async ({ url, received }) => {
    const { latencyMs, ...prediction } = await predictFrom(url);
    t.deepEqual(prediction, sevenPrediction);
    t.true(latencyMs !== undefined && latencyMs > 0);
    const [request] = received;
    t.like(request, { method: 'POST', path: '/predict' });
    t.regex(request?.contentType ?? '', /^multipart\/form-data; *boundary=/);
    t.true(request?.body.includes('name="file"; filename="drawing.png"'));
    t.true(request?.body.includes('Content-Type: image/png'));
    t.true(request?.body.includes(Buffer.from(png)));
  });
});

test('a ready service names its model', async t => {
  await withService(respondJson(200, ready), async ({ url, received }) => {
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

test('user and password of an address are sent, and are in no message', async t => {
  await withService(respondSeven, async ({ url, received }) => {
    await predictFrom(url.replace('//', '//me:p%40ss@'));
    const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    t.is(received[0]?.authorization, basic);
  });
  const error = await t.throwsAsync(predictFrom(closedUrl.replace('//', '//me:p%40ss@')));
  t.is(error?.message, `${closedUrl} does not answer.`);
});

test('without a listener the service is unreachable', async t => {
  const error = await t.throwsAsync(predictFrom(closedUrl));
  t.like(error, { code: 'service-unreachable' });
});

test('a broken connection makes the service unreachable', async t => {
  await withService(
    request => request.socket.destroy(),
    async ({ url }) => {
      t.like(await t.throwsAsync(predictFrom(url)), { code: 'service-unreachable' });
    },
  );
});

test('no response in time is a timeout', async t => {
  await withService(
    () => {},
    async ({ url }) => {
      t.like(await t.throwsAsync(predictFrom(url, 20)), { code: 'service-timeout' });
    },
  );
});

test('an aborted request ends at once', async t => {
  const aborting = new AbortController();
  await withService(
    () => aborting.abort(),
    async ({ url }) => {
      const pending = createClient({ baseUrl: url, timeoutMs: 60_000 }).predict(png, {
        signal: aborting.signal,
      });
      t.like(await t.throwsAsync(pending), { code: 'service-cancelled' });
    },
  );
});

test('the message of a problem document is kept', async t => {
  const problem = { title: 'Too large', detail: 'At most 5 MiB.', code: 'TOO_LARGE', status: 413 };
  await withService(respondJson(413, problem, 'application/problem+json'), async ({ url }) => {
    t.like(await t.throwsAsync(predictFrom(url)), {
      code: 'service-problem',
      message: 'The service answered: Too large: At most 5 MiB.',
    });
  });
});

test('any other error response is reported by its status', async t => {
  await withService(respondJson(500, 'oh'), async ({ url }) => {
    t.like(await t.throwsAsync(predictFrom(url)), {
      code: 'service-problem',
      message: 'The service answered: status 500',
    });
  });
});

test('a redirect is not followed', async t => {
  await withService(
    (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    async ({ url, received }) => {
      t.like(await t.throwsAsync(predictFrom(url)), { code: 'service-problem' });
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
        t.like(await t.throwsAsync(predictFrom(url)), { code: 'service-bad-answer' });
      },
    );
  });
}

test('an explanation is requested and comes with the prediction', async t => {
  const picture = Array.from({ length: 784 }, (_, index) => (index % 7) / 7);
  const saliency = picture.map(value => value - 0.5);
  const answer = { ...seven, seen: picture, saliency };
  await withService(respondJson(200, answer), async ({ url, received }) => {
    const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
    const prediction = await client.predict(png, { explain: true, signal: never() });
    t.is(received[0]?.path, '/predict?explain=true');
    t.deepEqual(prediction.seen, picture);
    t.deepEqual(prediction.saliency, saliency);
  });
});

test('the layers are requested alone or with an explanation', async t => {
  const seen = Array(784).fill(0.5);
  const answer = { ...seven, seen, layers: [[0, 1.5, 0.25], Array(10).fill(-1)] };
  await withService(respondJson(200, answer), async ({ url, received }) => {
    const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
    const { layers } = await client.predict(png, { layers: true, signal: never() });
    t.deepEqual(layers, answer.layers);
    await client.predict(png, { layers: true, explain: true, signal: never() });
    t.deepEqual(
      received.map(({ path }) => path),
      ['/predict?explain=layers', '/predict?explain=saliency,layers'],
    );
  });
});

for (const [what, change] of [
  ['nine outputs', { layers: [Array(9).fill(0)] }],
  ['layers of text', { layers: [Array(10).fill('1')] }],
  ['no input beside them', { layers: [Array(10).fill(0)], seen: undefined }],
] as const) {
  test(`layers with ${what} are a bad answer`, async t => {
    const answer = { ...seven, seen: Array(784).fill(0.5), ...change };
    await withService(respondJson(200, answer), async ({ url }) => {
      t.like(await t.throwsAsync(predictFrom(url)), { code: 'service-bad-answer' });
    });
  });
}

const position = { layer: 2, index: 5 };
const neuron = {
  ...position,
  model: seven.model,
  bias: -0.5,
  weights: [0.5, -0.25, 0.125],
  inputWeights: Array(784).fill(0.5),
  digitWeights: Array(10).fill(-1),
  examples: [
    { index: 3, label: 0, activation: 2.5, pixels: Buffer.alloc(784, 7).toString('base64') },
  ],
  examplesStatus: 'ready',
};

test('a neuron is read with the pixels of its examples', async t => {
  await withService(respondJson(200, neuron), async ({ url, received }) => {
    const read = await createClient({ baseUrl: url, timeoutMs: 60_000 }).neuron(position, never());
    t.deepEqual(read, {
      ...neuron,
      model: sevenPrediction.model,
      examples: [{ ...neuron.examples[0], pixels: Buffer.alloc(784, 7) }],
    } as never);
    t.like(received[0], { method: 'GET', path: '/model/layers/2/neurons/5' });
  });
});

test('a neuron may have no examples yet', async t => {
  const answer = { ...neuron, examples: null, examplesStatus: 'computing' };
  await withService(respondJson(200, answer), async ({ url }) => {
    const read = await createClient({ baseUrl: url, timeoutMs: 60_000 }).neuron(position, never());
    t.like(read, { examples: undefined, examplesStatus: 'computing' });
  });
});

test('a neuron is read for a picture, which is sent as for a prediction', async t => {
  const { inputWeights, digitWeights, model } = neuron;
  const answer = { ...position, model, activation: 1.5, inputWeights, digitWeights };
  await withService(respondJson(200, answer), async ({ url, received }) => {
    const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
    const read = await client.neuronFor(png, position, never());
    t.deepEqual(read, { ...answer, model: sevenPrediction.model });
    t.like(received[0], { method: 'POST', path: '/model/layers/2/neurons/5' });
    t.true(received[0]?.body.includes(Buffer.from(png)));
  });
});

for (const [what, change] of [
  [
    'an example that is no picture',
    { examples: [{ ...neuron.examples[0], pixels: '*'.repeat(1048) }] },
  ],
  ['a short picture of weights', { inputWeights: [1] }],
  ['an unknown status', { examplesStatus: 'lost' }],
] as const) {
  test(`a neuron with ${what} is a bad answer`, async t => {
    await withService(respondJson(200, { ...neuron, ...change }), async ({ url }) => {
      const reading = createClient({ baseUrl: url, timeoutMs: 60_000 }).neuron(position, never());
      t.like(await t.throwsAsync(reading), { code: 'service-bad-answer' });
    });
  });
}

test('the longest explanation is not too long a response', async t => {
  const value = -1 / 3e7 - 1e-24;
  const answer = { ...seven, seen: Array(784).fill(-value), saliency: Array(784).fill(value) };
  await withService(respondJson(200, answer), async ({ url }) => {
    t.is((await predictFrom(url)).saliency?.length, 784);
  });
});

test('a correction is sent with its label and source, and gets an id', async t => {
  for (const status of [201, 200]) {
    await withService(respondJson(status, { id: 'feedback-7' }), async ({ url, received }) => {
      const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
      const feedback = { png: png, label: 4, source: 'practice' } as const;
      t.deepEqual(await client.sendFeedback(feedback, never()), { id: 'feedback-7' });
      const [request] = received;
      t.like(request, { method: 'POST', path: '/feedback' });
      const body = `${request?.body}`;
      t.regex(body, /name="label"\r\n\r\n4\r\n/);
      t.regex(body, /name="source"\r\n\r\npractice\r\n/);
      t.true(request?.body.includes(Buffer.from(png)));
    });
  }
});

const entry = { id: 'a1', label: 4, source: 'correction', createdAt: '2026-03-14T15:09:26.535Z' };
const listed = {
  id: 'a1',
  label: 4,
  source: 'correction',
  atMs: Date.parse(entry.createdAt),
  isSent: true,
};

test('corrections are listed page by page', async t => {
  const page = { items: [entry], total: 51, next: '7' };
  await withService(respondJson(200, page), async ({ url, received }) => {
    const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
    const expected = { items: [listed], total: 51, next: '7' };
    t.deepEqual(await client.listFeedback(undefined, never()), expected as never);
    await client.listFeedback('7', never());
    t.deepEqual(
      received.map(({ path }) => path),
      ['/feedback?limit=50', '/feedback?limit=50&cursor=7'],
    );
  });
});

test('one correction is read by its id, and its picture as it was sent', async t => {
  await withService(respondJson(200, entry), async ({ url, received }) => {
    const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
    t.deepEqual(await client.getFeedback('a/1', never()), listed as never);
    t.is(received[0]?.path, '/feedback/a%2F1');
  });
  const picture = Buffer.alloc(100_000, 0xff);
  await withService(
    (_, response) => response.end(picture),
    async ({ url, received }) => {
      const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
      t.deepEqual(await client.getFeedbackPicture('a1', never()), picture);
      t.is(received[0]?.path, '/feedback/a1/image');
    },
  );
});

test('a correction is deleted; one that is gone already is no error', async t => {
  for (const status of [204, 404]) {
    await withService(
      (_, response) => response.writeHead(status).end(),
      async ({ url, received }) => {
        const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
        await client.deleteFeedback('a1', never());
        t.like(received[0], { method: 'DELETE', path: '/feedback/a1' });
      },
    );
  }
  await withService(respondJson(503, { title: 'No' }), async ({ url }) => {
    const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
    t.like(await t.throwsAsync(client.deleteFeedback('a1', never())), { status: 503 });
  });
});

test('a page that is not one is a bad answer', async t => {
  for (const change of [{ label: 10 }, { createdAt: 'yesterday' }]) {
    const page = { items: [{ ...entry, ...change }], total: 1, next: null };
    await withService(respondJson(200, page), async ({ url }) => {
      const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
      const error = await t.throwsAsync(client.listFeedback(undefined, never()));
      t.like(error, { code: 'service-bad-answer' });
    });
  }
});

test('a stored entry without an id is a bad answer', async t => {
  await withService(respondJson(201, {}), async ({ url }) => {
    const client = createClient({ baseUrl: url, timeoutMs: 60_000 });
    const sending = client.sendFeedback({ png: png, label: 4, source: 'correction' }, never());
    t.like(await t.throwsAsync(sending), { code: 'service-bad-answer' });
  });
});

for (const [status, isFinal] of [
  [400, true],
  [401, false],
  [404, false],
  [408, false],
  [422, true],
  [429, false],
  [500, false],
] as const) {
  test(`an error response with ${status} is ${isFinal ? '' : 'not '}final`, async t => {
    await withService(respondJson(status, { title: 'No' }), async ({ url }) => {
      const error = await t.throwsAsync(predictFrom(url));
      t.like(error, { status, isFinal });
    });
  });
}

test('the API key is sent as a bearer token, if there is one', async t => {
  await withService(respondSeven, async ({ url, received }) => {
    for (const apiKey of ['secret', '', undefined]) {
      const client = createClient({ baseUrl: url, timeoutMs: 60_000, apiKey });
      await client.predict(png, { signal: never() });
    }
    t.deepEqual(
      received.map(({ authorization }) => authorization),
      ['Bearer secret', undefined, undefined],
    );
  });
});

for (const [content, contentType] of [
  ['\u{89}PNG\r\n\u{1a}\n', 'image/png'],
  ['\u{ff}\u{d8}\u{ff}\u{e0}', 'image/jpeg'],
  ['RIFF\u{7}\0\0\0WEBPVP8 ', 'image/webp'],
  ['RIFF\u{7}\0\0\0WAVE', 'application/octet-stream'],
  ['GIF89a', 'application/octet-stream'],
  ['\u{89}PN', 'application/octet-stream'],
  ['', 'application/octet-stream'],
] as const) {
  test(`${JSON.stringify(content)} is ${contentType}`, t => {
    t.is(imageType(Buffer.from(content, 'latin1')).contentType, contentType);
  });
}
