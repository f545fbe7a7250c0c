// POST /predict over a real socket: accepted requests. test/upload has the refused ones.

import { createHash } from 'node:crypto';
import type { Prediction } from '@digits/protocol';
import test from 'ava';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { pipeline } from '../support/files.ts';
import { fileForm, formHeaders } from '../support/form.ts';
import { tinyConfidence, tinyDigit } from '../support/tiny-model.ts';

for (const format of ['png', 'jpeg', 'webp'] as const) {
  test(`a ${format} file is answered, in a form and as the bare body`, async t => {
    const app = await buildTestApp(t);
    const url = await app.listen({ port: 0 });
    const file = await pipeline(draw(7, 28)).toFormat(format).toBuffer();
    for (const [headers, body] of [
      [formHeaders, fileForm(file)],
      [{ 'content-type': `image/${format}` }, file],
    ] as const) {
      const response = await fetch(`${url}/predict`, { method: 'POST', headers, body });
      t.is(response.status, 200);
      t.is(response.headers.get('content-type'), 'application/json; charset=utf-8');
      const { probabilities, confidence, ...rest } = (await response.json()) as Prediction;
      t.is(probabilities.length, 10);
      t.is(probabilities[tinyDigit], confidence);
      t.true(Math.abs(confidence - tinyConfidence) < 1e-6);
      t.like(rest, {
        digit: tinyDigit,
        accepted: true,
        reason: null,
        model: { name: 'digits', version: 'tiny-1' },
        input: { sha256: createHash('sha256').update(file).digest('hex') },
      });
      t.deepEqual(Object.keys(rest), ['digit', 'accepted', 'reason', 'model', 'input']);
    }
  });
}

test('the declared type of a file is ignored, its content decides', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  const body = await pipeline(draw(7, 28)).jpeg().toBuffer();
  const headers = { 'content-type': 'image/webp' };
  const response = await fetch(`${url}/predict`, { method: 'POST', headers, body });
  t.is(response.status, 200);
});

test('a form of FormData is accepted', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  const form = new FormData();
  form.set('file', new Blob([await pipeline(draw(7, 28)).png().toBuffer()]), '../../ö "7".png');
  const response = await fetch(`${url}/predict`, { method: 'POST', body: form });
  t.is(response.status, 200);
});

test('a blank picture is answered, and not accepted', async t => {
  const app = await buildTestApp(t);
  const payload = await pipeline({ side: 28, data: new Uint8Array(784) })
    .png()
    .toBuffer();
  const headers = { 'content-type': 'image/png' };
  const response = await app.inject({ method: 'POST', url: '/predict', headers, payload });
  t.is(response.statusCode, 200);
  t.like(response.json(), { digit: null, confidence: 0, accepted: false, reason: 'blank' });
});

test('an explanation is asked for by any usual spelling of true', async t => {
  const app = await buildTestApp(t);
  const payload = await pipeline(draw(7, 28)).png().toBuffer();
  const ask = (query: string) =>
    app.inject({
      method: 'POST',
      url: `/predict${query}`,
      headers: { 'content-type': 'image/png' },
      payload,
    });
  for (const query of ['?explain', '?explain=', '?explain=1', '?explain=True', '?explain=yes']) {
    t.is((await ask(query)).json().seen?.length, 784, query);
  }
  for (const query of ['', '?explain=0', '?explain=false', '?explain=no', '?unknown=1']) {
    const response = await ask(query);
    t.is(response.statusCode, 200);
    t.false('seen' in response.json(), query);
  }
  for (const [query, detail] of [
    [
      '?explain=x',
      '"explain" must be true or false, or a list, separated by commas, of saliency or layers, each once, not "x".',
    ],
    ['?explain&explain', 'Send "explain" once.'],
  ] as const) {
    t.like((await ask(query)).json(), { code: 'bad-request', detail });
  }
});
