import test, { type ExecutionContext } from 'ava';
import { createService, type Service } from '../../src/service/service.ts';
import type { ServiceState } from '../../src/state.ts';
import { fakeTimers } from '../fake-timers.ts';

const model = { name: 'digits', version: 'v1' };

interface Fake {
  readonly service: Service;
  /** The states that were reported, and the requests with their keys, in order. */
  readonly states: ServiceState[];
  readonly requests: string[];
  /** Answers the next requests; a status of 0 is a connection that fails. */
  answer(status: number, body?: unknown, headers?: Readonly<Record<string, string>>): void;
  /** Lets time pass and pending promises settle. */
  pass(ms: number): Promise<void>;
}

function start(t: ExecutionContext): Fake {
  const [states, requests]: [ServiceState[], string[]] = [[], []];
  let response = () => Response.json(model);
  globalThis.fetch = async (path, init) => {
    const { authorization } = (init?.headers ?? {}) as { readonly authorization?: string };
    requests.push([path, authorization].filter(part => part !== undefined).join(' '));
    return response();
  };
  return {
    service: createService(state => states.push(state)),
    states,
    requests,
    answer(status, body = {}, headers = {}) {
      response = () => {
        if (status === 0) throw new TypeError('fetch failed');
        return Response.json(body, { status, headers });
      };
    },
    pass: fakeTimers(t),
  };
}

test.serial('a lost service is looked for until it is there again', async t => {
  const { service, states, requests, answer, pass } = start(t);
  answer(0);
  await service.connect();
  t.is(states.at(-1)?.status, 'away');
  await pass(250);
  t.is(requests.length, 2);
  answer(200, model);
  await pass(500);
  t.deepEqual(states.at(-1), { status: 'connected', model });
});

test.serial('a service that is busy is left alone for as long as it says', async t => {
  const { service, states, requests, answer, pass } = start(t);
  answer(429, { title: 'Too many requests', detail: 'See RATE_LIMIT.' }, { 'retry-after': '60' });
  await t.throwsAsync(service.send('/model'), { code: 'unreachable' } as object);
  const why = 'Too many requests; continues in 60 seconds.';
  t.deepEqual(states.at(-1), { status: 'busy', why });
  await pass(59_000);
  t.is(requests.length, 1);
  answer(200, model);
  await pass(1000);
  t.is(states.at(-1)?.status, 'connected');
});

test.serial('a service that wants a key gets no request until there is another key', async t => {
  const { service, states, requests, answer, pass } = start(t);
  answer(401);
  await service.connect();
  t.deepEqual(states.at(-1), { status: 'locked', why: '' });
  await service.connect();
  await pass(60_000);
  t.deepEqual(requests, ['model']);
  await service.connect('wrong');
  t.deepEqual(states.at(-1), { status: 'locked', why: 'The key is not right.' });
  answer(200, model);
  await service.connect('right');
  t.deepEqual(requests.slice(1), ['model Bearer wrong', 'model Bearer right']);
  t.is(states.at(-1)?.status, 'connected');
});

test.serial('a key that the browser does not store is used until the page is left', async t => {
  const setItem = () => {
    throw new Error('QuotaExceededError');
  };
  Object.assign(globalThis, { window: { sessionStorage: { getItem: () => null, setItem } } });
  t.teardown(() => Object.assign(globalThis, { window: undefined }));
  const { service, states, requests } = start(t);
  await service.connect('right');
  t.deepEqual(requests, ['model Bearer right']);
  t.is(states.at(-1)?.status, 'connected');
});

test.serial('the model is asked for again and again, where no key is needed for it', async t => {
  const { service, states, requests, answer, pass } = start(t);
  await service.connect();
  answer(200, { status: 'ready', model: { ...model, version: 'v2' } });
  await pass(5000);
  t.deepEqual(requests, ['model', 'health/ready']);
  t.like(states.at(-1), { model: { version: 'v2' } });
});

test.serial('what the service refuses for good differs from what it cannot do now', async t => {
  const { service, states, answer } = start(t);
  answer(415, { title: 'Not a picture' });
  await t.throwsAsync(service.send('/predict'), { message: 'Not a picture' });
  await t.throwsAsync(service.send('/predict'), { code: 'refused' } as object);
  answer(507, { title: 'Full' });
  await t.throwsAsync(service.send('/feedback'), { code: 'failed' } as object);
  answer(503, { title: 'Damaged', code: 'feedback-unavailable' });
  await t.throwsAsync(service.send('/feedback'), { code: 'failed' } as object);
  t.deepEqual(states, []);
});

test.serial('an answer without ten probabilities is no prediction', async t => {
  const { service, answer } = start(t);
  answer(200, { probabilities: [1] });
  await t.throwsAsync(service.predict(new Blob(), {}), { code: 'failed' } as object);
});
