// The constants load nothing, and each schema accepts what is valid and nothing else.

import { readFile } from 'node:fs/promises';
import test from 'ava';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import * as protocol from '../src/index.ts';
import * as examples from './examples.ts';

test('the constants load no other module, so that a program can start without the validator', async t => {
  const source = await readFile(new URL('../src/constants.ts', import.meta.url), 'utf8');
  t.notRegex(source, /^import|from '/m);
});

const { configuration, entry, events, gateResult, metrics, prediction } = examples;

interface Case {
  readonly schema: TSchema;
  readonly valid: object;
  /** changes that make the valid document invalid, by what is wrong */
  readonly invalid: Readonly<Record<string, object>>;
}

const readiness = { status: 'ready', model: protocol.exampleModel, feedback: 'available' };
const phase = { ...configuration.phases[0]! };

const cases: Readonly<Record<string, Case>> = {
  prediction: {
    schema: protocol.Prediction,
    valid: prediction,
    invalid: {
      'a digit of two places': { digit: 10 },
      'a probability above 1': { confidence: 1.1 },
      'nine probabilities': { probabilities: prediction.probabilities.slice(1) },
      'an unknown reason': { reason: 'ugly' },
      'a short digest': { input: { sha256: 'ff' } },
    },
  },
  neuron: {
    schema: protocol.Neuron,
    valid: examples.neuron,
    invalid: {
      'the layer of the input': { layer: 0 },
      'a short picture of weights': { inputWeights: [0] },
      'an unknown status': { examplesStatus: 'late' },
    },
  },
  readiness: {
    schema: protocol.Readiness,
    valid: readiness,
    invalid: { 'another status': { status: 'live' }, 'no model': { model: undefined } },
  },
  'feedback submission': {
    schema: protocol.FeedbackSubmission,
    valid: { label: 0 },
    invalid: { 'a source that the service assigns': { source: 'disagreement' } },
  },
  'feedback entry': {
    schema: protocol.FeedbackEntry,
    valid: entry,
    invalid: { 'a label of two places': { label: 10 }, 'an unknown source': { source: 'dream' } },
  },
  'feedback page': {
    schema: protocol.FeedbackPage,
    valid: { items: [entry], total: 1, next: null },
    invalid: { 'a next page that is a number': { next: 5 } },
  },
  'manifest line': {
    schema: protocol.ManifestLine,
    valid: examples.manifestLine,
    invalid: {
      'an id that is a path': { id: '../a' },
      'a time without milliseconds': { createdAt: '2026-03-14T15:09:26Z' },
      'a negative index': { index: -1 },
    },
  },
  'problem details': {
    schema: protocol.ProblemDetails,
    valid: examples.problem,
    invalid: { 'an unknown code': { code: 'bad-luck' }, 'no title': { title: undefined } },
  },
  'received problem': {
    schema: protocol.ReceivedProblem,
    valid: { title: 'Something' },
    invalid: { 'a title that is a number': { title: 5 } },
  },
  'gate result': {
    schema: protocol.GateResult,
    valid: gateResult,
    invalid: {
      'an unknown verdict': { rows: [{ ...gateResult.rows[0], verdict: 'nice' }] },
      'a version that is a path': { version: '../models' },
      'no digest of the sets': { digests: { ...gateResult.digests, sets: undefined } },
    },
  },
  'gate progress': {
    schema: protocol.GateProgress,
    valid: { type: 'progress', done: 3, total: 17 },
    invalid: { 'a set 0': { done: 0 } },
  },
  'corrections event': {
    schema: protocol.TrainingEvent,
    valid: events.corrections,
    invalid: { 'a negative count': { trained: -1 }, 'no list': { doubtful: null } },
  },
  'synthesis event': {
    schema: protocol.TrainingEvent,
    valid: { type: 'synthesis', step: 'drawings', done: 0, of: null },
    invalid: { 'an unknown step': { step: 'lunch' }, 'no total': { of: undefined } },
  },
  'phase event': {
    schema: protocol.TrainingEvent,
    valid: events.phase,
    invalid: { 'an unknown schedule': { schedule: { type: 'wave' } } },
  },
  'batch event': {
    schema: protocol.TrainingEvent,
    valid: events.batch,
    invalid: { 'a batch 0': { batch: 0 }, 'an unknown type': { type: 'lunch' } },
  },
  'epoch event': {
    schema: protocol.EpochEvent,
    valid: events.epoch,
    invalid: { 'no validation': { validation: undefined } },
  },
  'checkpoint event': {
    schema: protocol.TrainingEvent,
    valid: events.checkpoint,
    invalid: { 'an epoch that is text': { epoch: '1' } },
  },
  'done event': {
    schema: protocol.TrainingEvent,
    valid: events.done,
    invalid: { 'no model': { model: undefined } },
  },
  'training configuration': {
    schema: protocol.TrainingConfiguration,
    valid: configuration,
    invalid: {
      'an unknown option': { dropout: 0.5 },
      'one layer size': { layerSizes: [784] },
      'no phase': { phases: [] },
      'a phase without epochs': { phases: [{ ...phase, epochs: undefined }] },
      'an unknown option in a phase': { phases: [{ ...phase, momentum: 0.9 }] },
      'momentum 1': {
        optimizer: { type: 'sgd', momentum: 1, nesterov: true, weightDecay: 0 },
      },
    },
  },
  'run metrics': {
    schema: protocol.RunMetrics,
    valid: metrics,
    invalid: { 'another format': { format: 'digits-metrics/2' }, 'no figures': { evaluations: 5 } },
  },
};

for (const [name, { schema, valid, invalid }] of Object.entries(cases)) {
  test(`a valid ${name} is accepted`, t => t.true(Value.Check(schema, valid)));
  for (const [fault, change] of Object.entries(invalid)) {
    test(`a ${name} with ${fault} is refused`, t =>
      t.false(Value.Check(schema, withoutUndefined({ ...valid, ...change }))));
  }
}

for (const [name, schema] of Object.entries(protocol)) {
  const own = typeof schema === 'object' && 'examples' in schema ? [schema.examples].flat() : [];
  for (const example of own) {
    test(`the example of ${name} fits its schema`, t =>
      t.true(Value.Check(schema as TSchema, example)));
  }
}

test('an empty configuration is valid', t => {
  t.true(Value.Check(protocol.TrainingConfiguration, {}));
});

/** As JSON would have it. */
function withoutUndefined(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
