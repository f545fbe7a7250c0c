import { blankRaster } from '@digits/canvas';
import test, { type ExecutionContext } from 'ava';
import { encodeDrawing } from '../../src/drawing-png.ts';
import { createConnection } from '../../src/service/connection.ts';
import type { ServiceState } from '../../src/service/service-state.ts';
import {
  CLOSED_URL,
  respondJson,
  respondSeven,
  SEVEN_PREDICTION,
  serveFor,
} from '../fake-service.ts';
import { type ChildName, childEntry } from './child.ts';

const PNG = encodeDrawing(blankRaster());
const never = () => new AbortController().signal;

/** No test but one for slowness may fail on a slow machine. */
const PATIENT = { probeMs: 60_000, predictMs: 60_000, startMs: 60_000, stopMs: 60_000 };

type SetUpOptions = {
  readonly apiUrl: string;
  readonly child: ChildName;
  readonly isChosen?: boolean;
};

/** A connection, the states it reported, and a way to wait for the next state of a kind. */
function setUp(t: ExecutionContext, { apiUrl, child, isChosen = false }: SetUpOptions) {
  const states: ServiceState[] = [];
  let heard = () => {};
  const connection = createConnection({
    apiUrl,
    isChosen,
    timeouts: PATIENT,
    embeddedEntry: childEntry(child),
    report(state) {
      states.push(state);
      heard();
    },
  });
  t.teardown(connection.close);
  const kinds = () => states.map(({ kind }) => kind);
  const untilReported = (kind: ServiceState['kind']) =>
    new Promise<void>(resolve => {
      heard = () => states.at(-1)?.kind === kind && resolve();
      heard();
    });
  return { connection, states, kinds, untilReported };
}

test('a service that answers is taken, and none is started', async t => {
  const service = await serveFor(t, respondSeven);
  const { connection, states } = setUp(t, { apiUrl: service.url, child: 'fails' });
  await connection.open();
  t.deepEqual(states, [
    { kind: 'looking', url: service.url },
    { kind: 'ready', url: service.url, modelVersion: '5.7.11', isOwn: false, missing: undefined },
  ]);
  t.deepEqual(await connection.predict(PNG, never()), SEVEN_PREDICTION);
});

test('where none answers one is started, and asked', async t => {
  const { connection, states, kinds } = setUp(t, { apiUrl: CLOSED_URL, child: 'listens' });
  t.deepEqual(await connection.predict(PNG, never()), SEVEN_PREDICTION);
  t.deepEqual(kinds(), ['looking', 'starting', 'ready']);
  t.like(states.at(-1), { isOwn: true, missing: undefined });
});

test('that nothing answers at a chosen address is said', async t => {
  const apiUrl = CLOSED_URL;
  const { connection, states } = setUp(t, { apiUrl, child: 'listens', isChosen: true });
  await connection.open();
  t.deepEqual(states[1], { kind: 'starting', missing: apiUrl });
  t.like(states[2], { isOwn: true, missing: apiUrl });
});

for (const [what, respond] of [
  ['a stranger', respondJson(200, 'It works!')],
  ['a service without a model', respondJson(503, { title: 'Not ready' })],
] as const) {
  test(`${what} at the address is not taken for our service`, async t => {
    const stranger = await serveFor(t, respond);
    const { connection, kinds } = setUp(t, { apiUrl: stranger.url, child: 'listens' });
    await connection.open();
    t.deepEqual(kinds(), ['looking', 'starting', 'ready']);
  });
}

test('opening and asking at the same time start one service', async t => {
  const { connection, kinds } = setUp(t, { apiUrl: CLOSED_URL, child: 'listens' });
  await Promise.all([connection.open(), connection.predict(PNG, never()), connection.open()]);
  t.deepEqual(kinds(), ['looking', 'starting', 'ready']);
});

test('a service that cannot start is reported, and the next question tries again', async t => {
  const { connection, states, kinds } = setUp(t, { apiUrl: CLOSED_URL, child: 'fails' });
  await connection.open();
  t.deepEqual(states.at(-1), {
    kind: 'down',
    why: 'Our own service did not start: it ended with exit code 1: RangeError: No model.',
  });
  t.like(await t.throwsAsync(connection.predict(PNG, never())), { code: 'SERVICE_NOT_STARTED' });
  t.deepEqual(kinds(), ['looking', 'starting', 'down', 'looking', 'starting', 'down']);
});

test('our own service that dies is reported at once, and the next question starts another', async t => {
  const { connection, states, untilReported } = setUp(t, {
    apiUrl: CLOSED_URL,
    child: 'listens',
  });
  await connection.open();
  const ready = states.at(-1);
  await fetch(`${ready?.kind === 'ready' ? ready.url : ''}/die`).catch(() => {});
  await untilReported('down');
  t.deepEqual(await connection.predict(PNG, never()), SEVEN_PREDICTION);
  t.like(states.at(-1), { kind: 'ready', isOwn: true });
});

test('our own service that hangs up is replaced with the next question', async t => {
  const { connection, kinds } = setUp(t, { apiUrl: CLOSED_URL, child: 'hangs-up' });
  await connection.open();
  const once = ['looking', 'starting', 'ready', 'down'];
  t.like(await t.throwsAsync(connection.predict(PNG, never())), { code: 'SERVICE_UNREACHABLE' });
  t.deepEqual(kinds(), once);
  t.like(await t.throwsAsync(connection.predict(PNG, never())), { code: 'SERVICE_UNREACHABLE' });
  t.deepEqual(kinds(), [...once, ...once]);
});

test('a running service that goes away is reported with the question, and replaced with the next', async t => {
  const service = await serveFor(t, respondSeven);
  const { connection, kinds } = setUp(t, { apiUrl: service.url, child: 'listens' });
  await connection.open();
  await service.close();
  t.like(await t.throwsAsync(connection.predict(PNG, never())), { code: 'SERVICE_UNREACHABLE' });
  t.deepEqual(kinds(), ['looking', 'ready', 'down']);
  t.deepEqual(await connection.predict(PNG, never()), SEVEN_PREDICTION);
});

test('a refusal of one drawing does not lose the service', async t => {
  const service = await serveFor(t, (request, response) =>
    request.url === '/predict'
      ? respondJson(422, { title: 'Unreadable' })(request, response)
      : respondSeven(request, response),
  );
  const { connection, kinds } = setUp(t, { apiUrl: service.url, child: 'fails' });
  t.like(await t.throwsAsync(connection.predict(PNG, never())), { code: 'SERVICE_PROBLEM' });
  t.deepEqual(kinds(), ['looking', 'ready']);
});

test('closing while a service starts ends it, and nothing more is reported', async t => {
  const { connection, kinds, untilReported } = setUp(t, {
    apiUrl: CLOSED_URL,
    child: 'says-nothing',
  });
  const opening = connection.open();
  await untilReported('starting');
  await connection.close();
  await opening;
  t.deepEqual(kinds(), ['looking', 'starting']);
});

test('closing while a service is looked for starts none', async t => {
  const silent = await serveFor(t, () => {});
  const { connection, kinds } = setUp(t, { apiUrl: silent.url, child: 'listens' });
  const opening = connection.open();
  await connection.close();
  await opening;
  t.deepEqual(kinds(), ['looking']);
});
