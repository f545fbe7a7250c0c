// What each route is sent: its paths, its query and its body, valid or mutated. The line and the
// headers around them are mutated in envelope.ts.

import type { Random } from '../random.ts';
import { bareBody, someForm } from './forms.ts';
import { encodeJson, mutateJson } from './json.ts';
import { someQuery } from './queries.ts';
import { someInference } from './tensors.ts';
import { names, numbers, wildText } from './values.ts';

export type Header = readonly [name: string, value: string];

export interface Draft {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body?: Buffer;
}

/** What the service holds; a choice among them is the same for the same seed. */
export interface Targets {
  readonly corrections: readonly string[];
  readonly disagreements: readonly string[];
  readonly version: string;
}

type Build = (random: Random, targets: Targets) => Draft;

const filters = ['label', 'predicted', 'source', 'model', 'since', 'until', 'wrong'];
const paging = ['order', 'limit', 'cursor'];

function get(target: string): Draft {
  return { method: 'GET', target, headers: [] };
}

/** Percent-encoded, or not at all. */
function segment(text: string, random: Random): string {
  if (random.chance(0.8)) return encodeURIComponent(text.toWellFormed());
  return text.replaceAll(/[^\x21-\x7e]/g, '').replaceAll(/[?#]/g, '');
}

function id(known: readonly string[], random: Random): string {
  return random.weighted<() => string>([
    [6, () => random.pick(known)],
    [
      1,
      () =>
        random
          .bytes(16)
          .toString('hex')
          .replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    ],
    [1, () => random.pick(known).toUpperCase()],
    [1, () => `${random.pick(known)}%00`],
    [2, () => segment(random.pick(names), random)],
    [2, () => segment(wildText(random), random)],
  ])();
}

function upload(path: string, fields: readonly string[], random: Random): Draft {
  const { contentType, body } = random.chance(0.5) ? someForm(fields, random) : bareBody(random);
  const isForm = contentType.toLowerCase().startsWith('multipart');
  const plain = isForm || fields.length === 0 ? '' : `?label=${random.below(10)}`;
  const query = random.chance(0.8) ? plain : someQuery(['explain', ...fields], random);
  return { method: 'POST', target: path + query, headers: [['Content-Type', contentType]], body };
}

const explain: Build = random => {
  const { contentType, body } = bareBody(random);
  const query = random.chance(0.7) ? '?explain=true' : someQuery(['explain'], random);
  return {
    method: 'POST',
    target: `/predict${query}`,
    headers: [['Content-Type', contentType]],
    body,
  };
};

const etags = ['*', '""', 'W/"x"', '"'.repeat(500), '"x",'.repeat(800)];

const picture = (list: string, known: readonly string[], random: Random): Draft => ({
  method: 'GET',
  target: `/${list}/${id(known, random)}/image`,
  headers: random.chance(0.3) ? [['If-None-Match', random.pick(etags)]] : [],
});

const item: Build = (random, { corrections }) => {
  const path = `/feedback/${id(corrections, random)}`;
  return random.weighted<() => Draft>([
    [3, () => get(path)],
    [3, () => picture('feedback', corrections, random)],
    [1, () => ({ ...get(path), method: 'DELETE' })],
  ])();
};

const label: Build = (random, { disagreements }) => {
  const tree = { label: random.below(10) };
  const json = encodeJson(random.chance(0.6) ? mutateJson(tree, random) : tree, random);
  const types = ['application/json', 'application/json; charset=utf-16', 'text/plain', ''];
  return {
    method: 'POST',
    target: `/disagreements/${id(disagreements, random)}/label`,
    headers: [['Content-Type', random.chance(0.85) ? types[0]! : random.pick(types)]],
    body: json,
  };
};

const disagreements: Build = (random, targets) => {
  const { disagreements: known } = targets;
  return random.weighted<() => Draft>([
    [4, () => get(`/disagreements${someQuery(paging, random)}`)],
    [2, () => picture('disagreements', known, random)],
    [3, () => label(random, targets)],
    [0.5, () => ({ ...get(`/disagreements/${id(known, random)}`), method: 'DELETE' })],
  ])();
};

function modelPath(random: Random, { version }: Targets): string {
  const name = random.chance(0.9) ? 'digits' : segment(random.pick(names), random);
  if (random.chance(0.7)) return `/v2/models/${name}`;
  const known = random.chance(0.8) ? version : wildText(random);
  return `/v2/models/${name}/versions/${segment(known, random)}`;
}

const infer: Build = (random, targets) => ({
  method: 'POST',
  target: `${modelPath(random, targets)}/infer`,
  ...someInference(random),
});

const v2: Build = (random, targets) =>
  random.chance(0.4)
    ? get(random.pick(['/v2', '/v2/', '/v2/health/live', '/v2/health/ready', '/v2/models']))
    : get(modelPath(random, targets) + random.pick(['', '/ready', '/', '/x']));

const neuron: Build = random => {
  const part = () => {
    const known = random.chance(0.8) ? String(random.below(12)) : random.pick(numbers);
    return random.chance(0.9) ? encodeURIComponent(known) : segment(wildText(random), random);
  };
  const path = `/model/layers/${part()}/neurons/${part()}`;
  if (random.chance(0.5)) return upload(path, [], random);
  const headers: Header[] = random.chance(0.3) ? [['If-None-Match', random.pick(etags)]] : [];
  return { ...get(path), headers };
};

const fixed = [
  '/',
  '/model',
  '/metrics',
  '/docs',
  '/docs/',
  '/openapi.json',
  '/health/live',
  '/health/ready',
];
const assets = ['index.css', 'swagger-ui.css', '..%2f..%2fpackage.json', '%00', '../main.js', 'x'];

const status: Build = random => {
  const folder = random.pick(['/docs/static', '/page']);
  const path = random.chance(0.2) ? `${folder}/${random.pick(assets)}` : random.pick(fixed);
  return get(path + (random.chance(0.3) ? someQuery(['x'], random) : ''));
};

const unknown: Build = random => ({
  ...get(`/${segment(wildText(random), random)}`),
  ...(random.chance(0.3) && { method: 'POST', body: random.bytes(random.below(100)) }),
});

/** By the names that `--only` takes, and how often each is attacked. */
export const routes: Readonly<Record<string, readonly [weight: number, build: Build]>> = {
  predict: [35, random => upload('/predict', [], random)],
  explain: [5, explain],
  feedback: [14, random => upload('/feedback', ['label', 'source'], random)],
  list: [12, random => get(`/feedback${someQuery([...filters, ...paging], random)}`)],
  item: [6, item],
  export: [1, random => get(`/feedback/export${someQuery([...filters, 'format'], random)}`)],
  disagreements: [8, disagreements],
  infer: [12, infer],
  v2: [2, v2],
  neuron: [5, neuron],
  status: [3, status],
  unknown: [2, unknown],
};
