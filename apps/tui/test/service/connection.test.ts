import { blankRaster } from '@digits/canvas';
import test, { type ExecutionContext } from 'ava';
import { type ConnectionOptions, createConnection } from '../../src/service/connection.ts';
import type { ServiceState } from '../../src/state/service-state.ts';
import { encodeDrawing } from '../../src/storage/drawing-png.ts';
import {
  closedUrl,
  ready,
  respondJson,
  respondSeven,
  serveFor,
  sevenPrediction,
} from '../fake-service.ts';
import { type ChildName, childEntry } from './child.ts';

const png = encodeDrawing(blankRaster());
const never = () => ({ signal: new AbortController().signal });
const model = sevenPrediction.model;

/** Only the tests of timeouts may depend on the speed of the machine. */
const patient = {
  probeMs: 60_000,
  exchangeMs: 60_000,
  startMs: 60_000,
  stopMs: 60_000,
  heartbeatMs: 60_000,
};

type SetUpOptions = Pick<ConnectionOptions, 'apiUrl'> &
  Partial<Pick<ConnectionOptions, 'isChosen' | 'timeouts'>> & { readonly child?: ChildName };

/** A connection, the states that it reported, and a way to wait for the next state of a status. */
function setUp(t: ExecutionContext, { child = 'fails', timeouts, ...options }: SetUpOptions) {
  const states: ServiceState[] = [];
  let heard = () => {};
  const connection = createConnection({
    isChosen: false,
    ...options,
    timeouts: { ...patient, ...timeouts },
    findService: () => [childEntry(child)],
    random: () => 0,
    report(state) {
      states.push(state);
      heard();
    },
  });
  t.teardown(connection.close);
  const statuses = () => states.map(({ status }) => status);
  const untilReported = (status: ServiceState['status']) =>
    new Promise<void>(resolve => {
      heard = () => states.at(-1)?.status === status && resolve();
    });
  /** Requests a prediction; every service of these tests predicts a 7. */
  const read = async () => {
    const { latencyMs, ...prediction } = await connection.predict(png, never());
    t.deepEqual(prediction, sevenPrediction);
  };
  return { connection, states, statuses, untilReported, read };
}

test('a service at the usual address is used, and none is started', async t => {
  const { url } = await serveFor(t, respondSeven);
  const { connection, states, read } = setUp(t, { apiUrl: url });
  await connection.open();
  t.deepEqual(states, [
    { status: 'looking', origin: 'found', url },
    { status: 'connected', origin: 'found', url, model: model },
  ]);
  await read();
});

test('without a service at the usual address an embedded one is started', async t => {
  const { connection, states, statuses, read } = setUp(t, { apiUrl: closedUrl, child: 'listens' });
  await connection.open();
  t.deepEqual(statuses(), ['looking', 'starting', 'connected']);
  t.like(states.at(-1), { origin: 'embedded', model: model });
  await read();
});

for (const [what, respond] of [
  ['a stranger', respondJson(200, 'It works!')],
  ['a service without a model', respondJson(503, { title: 'Not ready' })],
] as const) {
  test(`${what} at the usual address is not used as the service`, async t => {
    const stranger = await serveFor(t, respond);
    const { connection, statuses } = setUp(t, { apiUrl: stranger.url, child: 'listens' });
    await connection.open();
    t.deepEqual(statuses(), ['looking', 'starting', 'connected']);
  });

  test(`${what} at a given address is reported, and no other service is used`, async t => {
    const { url } = await serveFor(t, respond);
    const { connection, states, statuses } = setUp(t, { apiUrl: url, isChosen: true });
    await connection.open();
    t.deepEqual(statuses(), ['looking', 'away']);
    t.like(states.at(-1), { origin: 'given', url, retryInMs: 125 });
  });
}

test('a given address that does not answer is retried with back-off', async t => {
  const { connection, states, statuses, untilReported } = setUp(t, {
    apiUrl: closedUrl,
    isChosen: true,
    child: 'listens',
  });
  await connection.open();
  await untilReported('away');
  await untilReported('away');
  t.deepEqual(statuses(), ['looking', 'away', 'looking', 'away', 'looking', 'away']);
  const waits = states.flatMap(state => (state.status === 'away' ? [state.retryInMs] : []));
  t.deepEqual(waits, [125, 250, 500]);
});

test('a request that is made before there is a service is answered', async t => {
  const { connection, read } = setUp(t, { apiUrl: closedUrl, child: 'listens' });
  const reading = read();
  await connection.open();
  await reading;
});

test('an aborted request no longer waits for a service', async t => {
  const { connection } = setUp(t, { apiUrl: closedUrl });
  const aborting = new AbortController();
  const pending = connection.predict(png, { signal: aborting.signal });
  aborting.abort();
  t.like(await t.throwsAsync(pending), { code: 'service-cancelled' });
  t.like(await t.throwsAsync(connection.predict(png, { signal: aborting.signal })), {
    code: 'service-cancelled',
  });
});

test('an embedded service that cannot start is reported with its reason, and retried', async t => {
  const { connection, states, untilReported } = setUp(t, { apiUrl: closedUrl });
  await connection.open();
  t.deepEqual(states.at(-1), {
    status: 'away',
    origin: 'embedded',
    url: undefined,
    why: 'The embedded service did not start: it ended with exit code 1: RangeError: No model.',
    retryInMs: 125,
  });
  await untilReported('starting');
});

test('an embedded service that exits is reported at once and replaced', async t => {
  const { connection, states, untilReported, read } = setUp(t, {
    apiUrl: closedUrl,
    child: 'listens',
  });
  await connection.open();
  const [first] = states.slice(-1);
  const lost = untilReported('away');
  await fetch(`${first?.status === 'connected' ? first.url : ''}/die`).catch(() => {});
  await lost;
  await read();
  t.like(states.at(-1), { status: 'connected', origin: 'embedded' });
});

test('a request during which the service was lost is repeated', async t => {
  const service = await serveFor(t, (request, response) => {
    const isFirst = service.received.filter(({ path }) => path === '/predict').length === 1;
    if (request.url === '/predict' && isFirst) request.socket.destroy();
    else respondSeven(request, response);
  });
  const { connection, statuses, read } = setUp(t, { apiUrl: service.url, isChosen: true });
  await connection.open();
  await read();
  t.deepEqual(statuses(), ['looking', 'connected', 'away', 'looking', 'connected']);
});

test('a found service that is lost is replaced by an embedded one', async t => {
  const service = await serveFor(t, respondSeven);
  const { connection, states, read } = setUp(t, { apiUrl: service.url, child: 'listens' });
  await connection.open();
  await service.close();
  await read();
  t.like(states.at(-1), { status: 'connected', origin: 'embedded' });
});

test('the heartbeat notices a service that is lost', async t => {
  const service = await serveFor(t, respondSeven);
  const { connection, states, untilReported } = setUp(t, {
    apiUrl: service.url,
    isChosen: true,
    timeouts: { heartbeatMs: 20 },
  });
  await connection.open();
  const missed = untilReported('away');
  await service.close();
  await missed;
  t.like(states.at(-1), { origin: 'given', url: service.url });
});

test('another model of the same service is reported', async t => {
  let version = '5.7.11';
  const { url } = await serveFor(t, (request, response) =>
    respondJson(200, { ...ready, model: { ...ready.model, version } })(request, response),
  );
  const { connection, states, untilReported } = setUp(t, {
    apiUrl: url,
    timeouts: { heartbeatMs: 20 },
  });
  await connection.open();
  version = '5.7.13';
  await untilReported('connected');
  t.like(states.at(-1), { model: { version: '5.7.13' } });
});

test('an error response does not lose the service', async t => {
  const { url } = await serveFor(t, (request, response) =>
    request.url === '/predict'
      ? respondJson(422, { title: 'Unreadable' })(request, response)
      : respondSeven(request, response),
  );
  const { connection, statuses } = setUp(t, { apiUrl: url });
  await connection.open();
  t.like(await t.throwsAsync(connection.predict(png, never())), { code: 'service-problem' });
  t.deepEqual(statuses(), ['looking', 'connected']);
});

test('a correction does not wait for a service', async t => {
  const { url } = await serveFor(t, respondJson(201, { id: 'x' }));
  const { connection } = setUp(t, { apiUrl: url });
  const feedback = { png: png, label: 3, source: 'correction' } as const;
  t.like(await t.throwsAsync(connection.sendFeedback(feedback, never().signal)), {
    code: 'service-unreachable',
  });
});

test('a correction is sent to the connected service', async t => {
  const { url } = await serveFor(t, (request, response) =>
    request.url === '/feedback'
      ? respondJson(201, { id: 'x' })(request, response)
      : respondSeven(request, response),
  );
  const { connection } = setUp(t, { apiUrl: url });
  await connection.open();
  const feedback = { png: png, label: 3, source: 'correction' } as const;
  t.deepEqual(await connection.sendFeedback(feedback, never().signal), { id: 'x' });
});

test('closing during the start of a service stops it, and nothing more is reported', async t => {
  const { connection, statuses, untilReported } = setUp(t, {
    apiUrl: closedUrl,
    child: 'says-nothing',
  });
  const starting = untilReported('starting');
  const opening = connection.open();
  await starting;
  await connection.close();
  await opening;
  t.deepEqual(statuses(), ['looking', 'starting']);
});

test('closing during discovery starts no service and cancels requests', async t => {
  const silent = await serveFor(t, () => {});
  const { connection, statuses } = setUp(t, { apiUrl: silent.url, child: 'listens' });
  const opening = connection.open();
  const pending = t.throwsAsync(connection.predict(png, never()));
  await connection.close();
  await opening;
  t.like(await pending, { code: 'service-cancelled' });
  t.deepEqual(statuses(), ['looking']);
});
