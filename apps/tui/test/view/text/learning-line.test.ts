import test from 'ava';
import type { Learning, TrainingProgress } from '../../../src/state/learning.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { minWindowSize } from '../../../src/view/layout.ts';
import { learningLine, statusLine } from '../../../src/view/text/learning-line.ts';
import { statusMessageOf } from '../../../src/view/text/notice.ts';
import { beginning, connectedService } from '../../state/beginning.ts';
import { passingGate } from '../../trainer/gate-rows.ts';

const training = (progress: TrainingProgress | undefined): Learning => ({
  type: 'training',
  progress,
  suspectLabels: undefined,
});
const suspectLabels = { count: 2, page: 'models/.runs/fine-tune-1/doubtful/index.html' };

test('a training tells its share, its epoch and the time that is left', t => {
  t.is(learningLine(training(undefined)), 'Learning: preparing the corrections …');
  const progress = { fraction: 0.429, epoch: 2, epochs: 3, remainingMs: undefined };
  t.is(learningLine(training(progress)), 'Learning: 42 %, epoch 2 of 3');
  t.is(
    learningLine(training({ ...progress, remainingMs: 64_200 })),
    'Learning: 42 %, epoch 2 of 3, 1:05 left',
  );
  t.is(
    learningLine(training({ fraction: 1, epoch: 3, epochs: 3, remainingMs: 0 })),
    'Learnt. Measuring it …',
  );
});

test('what is learnt takes the place of the service, unless that is away', t => {
  const learning: Learning = { type: 'promoting', version: 'v7' };
  t.is(
    statusLine(beginning({ service: connectedService, learning })),
    'Promoting v7: the gate looks once more …',
  );
  const service = {
    status: 'away',
    origin: 'embedded',
    url: undefined,
    why: 'It is gone.',
    retryInMs: 1,
  } as const;
  t.regex(statusLine(beginning({ service, learning })), /^No service at the moment/);
  t.regex(statusLine(beginning({ service: connectedService })), /^Service ready: model 5\.7\.11/);
});

test('doubtful corrections are said with their page for as long as nothing else is to be said', t => {
  const learning: Learning = { type: 'comparing', version: 'v7', suspectLabels };
  const state = beginning({ service: connectedService, learning });
  const text = `2 corrections look wrong and are left out: see ${suspectLabels.page}`;
  t.deepEqual(statusMessageOf(state), { text, tone: 'warning' });
  const notice = { text: 'saved: it was a 4', isBad: false };
  t.is(statusMessageOf({ ...state, notice }).text, notice.text);
});

test('beside the table doubtful corrections take one row', t => {
  const gate = parseGate(JSON.stringify(passingGate));
  const learning: Learning = { type: 'compared', gate, suspectLabels };
  const line = statusLine(
    beginning({ service: connectedService, learning, mode: { type: 'gate', row: 0 } }),
  );
  t.is(line, `2 doubtful: see ${suspectLabels.page}`);
  t.true(line.length <= minWindowSize.columns);
});

test('why learning failed stays until something else is to be said', t => {
  const learning: Learning = { type: 'failed', why: 'x has no corrections' };
  const state = beginning({ service: connectedService, learning });
  t.deepEqual(statusMessageOf(state), {
    text: 'Learning failed: x has no corrections',
    tone: 'warning',
  });
});

test('a question comes before whatever happened', t => {
  const notice = { text: 'saved: it was a 4', isBad: false };
  const state = beginning({
    notice,
    mode: { type: 'confirming-stop' },
    learning: training(undefined),
  });
  t.regex(statusMessageOf(state).text, /^Stop learning\?/);
});
