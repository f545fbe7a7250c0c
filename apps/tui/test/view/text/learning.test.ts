// Learning in text: the line of its progress, and the table of the gate.

import test from 'ava';
import type { Learning, TrainingProgress } from '../../../src/state/learning.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { minWindowSize } from '../../../src/view/layout.ts';
import { gateLines, gateSentence } from '../../../src/view/text/gate-table.ts';
import { learningLine, statusLine } from '../../../src/view/text/learning-line.ts';
import { statusMessageOf } from '../../../src/view/text/status-message.ts';
import { connectedService, exampleState } from '../../state/example-state.ts';
import { passingGate, stoppingGate } from '../../trainer/gate-rows.ts';

const training = (progress: TrainingProgress | undefined): Learning => ({
  type: 'training',
  progress,
  suspectLabels: undefined,
});
const suspectLabels = { count: 2, page: 'models/.runs/fine-tune-1/doubtful/index.html' };

test('a training shows its percentage, its epoch and the time left', t => {
  t.is(learningLine(training(undefined)), 'Training: preparing the corrections …');
  const progress = { fraction: 0.429, epoch: 2, epochs: 3, remainingMs: undefined };
  t.is(learningLine(training(progress)), 'Training: 42 %, epoch 2 of 3');
  t.is(
    learningLine(training({ ...progress, remainingMs: 64_200 })),
    'Training: 42 %, epoch 2 of 3, 1:05 left',
  );
  t.is(
    learningLine(training({ fraction: 1, epoch: 3, epochs: 3, remainingMs: 0 })),
    'Trained. Evaluating …',
  );
});

test('learning takes the place of the service’s status, unless that is away', t => {
  const learning: Learning = { type: 'promoting', version: 'v7' };
  t.is(
    statusLine(exampleState({ service: connectedService, learning })),
    'Promoting v7: checking the gate again …',
  );
  const service = {
    status: 'away',
    origin: 'embedded',
    url: undefined,
    why: 'It is gone.',
    retryInMs: 1,
  } as const;
  t.regex(statusLine(exampleState({ service, learning })), /^No service available/);
  t.regex(
    statusLine(exampleState({ service: connectedService })),
    /^Service ready: model 5\.7\.11/,
  );
});

test('suspect labels are shown with their page if there is no other message', t => {
  const learning: Learning = { type: 'comparing', version: 'v7', suspectLabels };
  const state = exampleState({ service: connectedService, learning });
  const text = `2 corrections look wrong and are left out: see ${suspectLabels.page}`;
  t.deepEqual(statusMessageOf(state), { text, tone: 'warning' });
  const notice = { text: 'saved: it was a 4', isBad: false };
  t.is(statusMessageOf({ ...state, notice }).text, notice.text);
});

test('beside the gate’s table suspect labels take one row', t => {
  const gate = parseGate(JSON.stringify(passingGate));
  const learning: Learning = { type: 'compared', gate, suspectLabels };
  const line = statusLine(
    exampleState({ service: connectedService, learning, mode: { type: 'gate', row: 0 } }),
  );
  t.is(line, `2 suspect: see ${suspectLabels.page}`);
  t.true(line.length <= minWindowSize.columns);
});

test('the reason of a failed training is shown if there is no other message', t => {
  const learning: Learning = { type: 'failed', why: 'x has no corrections' };
  const state = exampleState({ service: connectedService, learning });
  t.deepEqual(statusMessageOf(state), {
    text: 'Training failed: x has no corrections',
    tone: 'warning',
  });
});

test('a question comes before a notice', t => {
  const notice = { text: 'saved: it was a 4', isBad: false };
  const state = exampleState({
    notice,
    mode: { type: 'confirming-stop' },
    learning: training(undefined),
  });
  t.regex(statusMessageOf(state).text, /^Stop training\?/);
});

const passing = parseGate(JSON.stringify(passingGate));
const stopping = parseGate(JSON.stringify(stoppingGate));
const gateTexts = (gate: typeof passing, place: { row: number; columns: number; rows: number }) =>
  gateLines(gate, place).map(({ text }) => text);

test('in the smallest window the table has both versions, the rows that matter, and the reason', t => {
  t.deepEqual(gateTexts(stopping, { row: 0, columns: 34, rows: 16 }).slice(0, 6), [
    'fine-tune-1-0a1b2c3d',
    'against standard-1-7f162361',
    '! MNIST validati…  98.40 → 71.30 %',
    '- model file         1.5 → 2.4 MiB',
    '+ corrections he… 20.00 → 100.00 %',
    '= MNIST test ima…  98.51 → 98.49 %',
  ]);
});

for (const [columns, rows] of [
  [34, 16],
  [48, 16],
  [60, 30],
] as const) {
  test(`in ${columns} columns and ${rows} rows every row can be read with its reason`, t => {
    const seen = new Set<string>();
    for (let row = 0; row < stopping.rows.length; row++) {
      const lines = gateLines(stopping, { row, columns, rows });
      t.true(lines.length <= rows);
      for (const { text } of lines) t.true(text.length <= columns, text);
      t.is(lines.filter(({ tone }) => tone === 'strong').length, 1);
      const reason = lines.slice(lines.findIndex(({ text }) => text === '') + 1);
      seen.add(reason.map(({ text }) => text).join(' '));
    }
    t.deepEqual([...seen].sort(), [...new Set(stopping.rows.map(({ why }) => why))].sort());
  });
}

test('better and worse rows have their tones', t => {
  const lines = gateLines(stopping, { row: 9, columns: 48, rows: 30 });
  const toneOf = (name: string) => lines.find(({ text }) => text.includes(name))?.tone;
  t.is(toneOf('MNIST validation'), 'warning');
  t.is(toneOf('model file'), 'warning');
  t.is(toneOf('corrections held out'), 'accent');
  t.is(toneOf('MNIST test'), 'quiet');
});

test('a table may have no rows', t => {
  const lines = gateTexts(
    { ...passing, rows: [], champion: undefined },
    { row: 0, columns: 34, rows: 16 },
  );
  t.deepEqual(lines.slice(0, 2), ['fine-tune-1-0a1b2c3d', 'against no champion']);
});

test('a passed gate asks whether to promote, a failed one does not', t => {
  t.is(
    gateSentence(passing),
    'Promote it? Passed: nothing that matters is worse; better: corrections held out.',
  );
  t.is(gateSentence(stopping), 'Not passed, worse on MNIST validation images. The champion stays.');
});
