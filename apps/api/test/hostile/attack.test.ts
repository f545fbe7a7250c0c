// The attack of nx run api:hostile itself: that its cases can be replayed, that it reads answers
// strictly, and that it finds known faults.

import test from 'ava';
import { AnswerReader } from '../../checks/hostile/answer.ts';
import { createCase } from '../../checks/hostile/cases.ts';
import { checkExchange } from '../../checks/hostile/check-exchange.ts';
import { Contract } from '../../checks/hostile/contract.ts';
import type { Exchange } from '../../checks/hostile/exchange.ts';
import { routes } from '../../checks/hostile/requests/routes.ts';
import { problemDetails } from '../../src/problem.ts';

const targets = { corrections: ['a', 'b'], disagreements: ['c'], version: 'v' };
const options = { seed: 7, only: undefined, targets, host: '127.0.0.1:8000' };

test('a case depends on its seed and number only', t => {
  for (let id = 0; id < 30; id++) t.deepEqual(createCase(id, options), createCase(id, options));
  t.notDeepEqual(createCase(0, options), createCase(1, options));
  t.notDeepEqual(createCase(0, options), createCase(0, { ...options, seed: 8 }));
});

test('cases reach every route', t => {
  const seen = new Set<string>();
  for (let id = 0; id < 500; id++) seen.add(createCase(id, options).request.route);
  t.deepEqual([...seen].toSorted(), Object.keys(routes).toSorted());
});

const answers =
  'HTTP/1.1 100 Continue\r\n\r\n' +
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst' +
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nsec\r\n3\r\nond\r\n0\r\n\r\n' +
  'HTTP/1.1 204 No Content\r\n\r\n' +
  'HTTP/1.1 200 OK\r\n\r\nlast';

test('answers are read whole, wherever their bytes are split', t => {
  for (let at = 0; at <= answers.length; at++) {
    const reader = new AnswerReader(false);
    reader.read(Buffer.from(answers.slice(0, at)));
    reader.read(Buffer.from(answers.slice(at)));
    reader.end();
    t.deepEqual(
      reader.answers.map(({ status, body }) => [status, body.toString()]),
      [
        [200, 'first'],
        [200, 'second'],
        [204, ''],
        [200, 'last'],
      ],
    );
  }
});

test('what is no answer, or half of one, is an error', t => {
  const read = (text: string) => {
    const reader = new AnswerReader(false);
    reader.read(Buffer.from(text));
    reader.end();
  };
  t.throws(() => read('HTTP/2 200 OK\r\n\r\n'), { message: /no status line/ });
  t.throws(() => read('HTTP/1.1 200 OK\r\nno colon\r\n\r\n'), { message: /no header/ });
  t.throws(() => read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalf'), { message: /cut/ });
});

const contract = new Contract({
  paths: {
    '/feedback/{id}': {
      get: {
        responses: { 200: {}, 404: { content: { x: { examples: { 'no-such-feedback': {} } } } } },
      },
    },
  },
});

const request = {
  ...createCase(0, options).request,
  ...({ method: 'GET', target: '/feedback/7', isFramed: true, foreign: undefined } as const),
};

function exchanged(status: number, body: object, type = 'application/problem+json'): Exchange {
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = new Map([['content-type', type]]);
  const answer = { status, headers, body: bytes, bodyBytes: bytes.length };
  return { answers: [answer], outcome: 'complete', detail: '' };
}

const none: Exchange = { answers: [], outcome: 'reset', detail: '' };
const found = exchanged(200, {}, 'application/json');
const findings: Record<string, [exchange: Exchange, change: object, kind: string | undefined]> = {
  'a documented answer': [found, {}, undefined],
  'a documented problem': [exchanged(404, problemDetails('no-such-feedback', 'x')), {}, undefined],
  'another status': [exchanged(201, {}, 'application/json'), {}, 'undocumented'],
  'another code': [exchanged(400, problemDetails('bad-label', 'x')), {}, 'undocumented'],
  'an unknown code': [exchanged(404, { code: 'toString', status: 404 }), {}, 'no-code'],
  'a problem as text': [
    exchanged(404, problemDetails('not-found', 'x'), 'text/plain'),
    {},
    'no-code',
  ],
  'an internal error': [exchanged(500, problemDetails('internal-error', 'x')), {}, 'server-error'],
  'a false 503': [exchanged(503, problemDetails('feedback-unavailable', 'x')), {}, 'server-error'],
  'no answer': [none, {}, 'reset'],
  'no answer to half a request': [none, { isFramed: false }, undefined],
  'no answer in time': [{ ...none, outcome: 'timeout' }, { isFramed: false }, 'hang'],
  'an answer to a foreign page': [found, { foreign: 'origin' }, 'foreign-accepted'],
};

for (const [title, [exchange, change, kind]] of Object.entries(findings)) {
  test(`${title} is ${kind === undefined ? 'no finding' : `the finding ${kind}`}`, t => {
    const fault = checkExchange({ ...request, ...change }, exchange, 'none', contract);
    t.is(fault?.kind, kind);
  });
}
