import test from 'ava';
import type { Learning, TrainingProgress } from '../../../src/state/learning.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { minWindowSize } from '../../../src/view/layout.ts';
import { learningLine, statusLine } from '../../../src/view/text/learning-line.ts';
import { statusMessageOf } from '../../../src/view/text/status-message.ts';
import { connectedService, exampleState } from '../../state/example-state.ts';
import { passingGate } from '../../trainer/gate-rows.ts';

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
