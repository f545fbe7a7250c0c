// Learning in text: the line of its progress, and the table of the gate.

import test from 'ava';
import {
  type CorrectionList,
  type CorrectionReview,
  emptyList,
  emptyReview,
  type SuspectLabel,
} from '../../../src/state/corrections/corrections.ts';
import { firstRowOf } from '../../../src/state/learning/gate.ts';
import type { Learning, TrainingProgress } from '../../../src/state/learning/learning.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { minWindowSize } from '../../../src/view/layout.ts';
import { learningLine, statusLine } from '../../../src/view/text/learning-line.ts';
import { statusMessageOf } from '../../../src/view/text/status-message.ts';
import {
  correctionTable,
  spokenCorrections,
} from '../../../src/view/text/tables/corrections-table.ts';
import { gateSentence, gateTable, spokenGate } from '../../../src/view/text/tables/gate-table.ts';
import { planTable, spokenPlan } from '../../../src/view/text/tables/learning-plan.ts';
import { connectedService, exampleState } from '../../state/example-state.ts';
import { passingGate, stoppingGate } from '../../trainer/gate-rows.ts';

const training = (progress: TrainingProgress | undefined): Learning => ({
  type: 'training',
  progress,
});
const suspect = { label: 4, why: 'unlike', predicted: 9, confidence: 0.8 } as const;
const suspects: readonly SuspectLabel[] = [
  { ...suspect, id: 'a1' },
  { ...suspect, id: 'b2' },
];
const review = { ...emptyReview, suspects };

test('a training shows its percentage, its epoch and the time left', t => {
  t.is(learningLine(training(undefined)), 'Training: preparing the corrections …');
  const preparation = { step: 'drawings', fraction: 0.2 } as const;
  t.is(
    learningLine({ type: 'training', progress: undefined, preparation }),
    'Training: drawing further images, 20 %',
  );
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
  const learning: Learning = { type: 'promoting', version: 'v7', progress: undefined };
  t.is(statusLine(exampleState({ service: connectedService, learning })), 'Promoting v7 …');
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

test('suspect labels are shown while the app learns, if there is no other message', t => {
  const learning: Learning = { type: 'comparing', version: 'v7', progress: undefined };
  const state = exampleState({ service: connectedService, learning, review });
  const text = '2 corrections look wrong and are left out: F shows them.';
  t.deepEqual(statusMessageOf(state), { text, tone: 'warning' });
  const notice = { text: 'saved: it was a 4', isBad: false };
  t.is(statusMessageOf({ ...state, notice }).text, notice.text);
  const confirmed = { ...review, confirmed: ['a1', 'b2'] };
  t.not(statusMessageOf({ ...state, review: confirmed }).text, text);
});

test('a comparison shows its percentage and how to cancel it', t => {
  const progress = { fraction: 0.429, remainingMs: 64_200 };
  const comparing: Learning = { type: 'comparing', version: 'fine-tune-1-0a1b2c3d', progress };
  t.is(learningLine(comparing), 'Comparing fine-tune-1-0a1b2c3d: 42 %, 1:05 left. Esc cancels');
  t.true(learningLine(comparing)!.length <= minWindowSize.columns);
});

const plan = {
  trained: 15,
  heldOut: 7,
  duration: { trainingMs: 45_000, comparisonMs: 90_500, isMeasured: true },
};

test('before a training its corrections are counted, and its duration says where it is from', t => {
  const state = exampleState({ review, corrections: { saved: 3, waiting: 1 } });
  const asking = { ...state, mode: { type: 'confirming-training' } } as const;
  const checked = { ...asking, learning: { type: 'checked', plan } } as const;
  const question = 'Train on 15 corrections? It takes about 2:16, in the background.';
  t.is(statusMessageOf(checked).text, question);
  const { lines } = planTable(state, plan, 34);
  for (const { text } of lines) t.true(text.length <= 34, text);
  t.deepEqual(
    lines.slice(0, 4).map(({ text }) => text.trim()),
    [
      '15 to learn from',
      '7 held out for measurement',
      '2 suspect, left out: F shows',
      '1 waiting, not sent yet',
    ],
  );
  const sentence = lines.map(({ text }) => text).join(' ');
  t.regex(sentence, /training 0:45, comparison 1:31\): as long as the last time on this machine/);
  const unknown = { ...plan, duration: { ...plan.duration, isMeasured: false } };
  t.regex(spokenPlan(state, unknown).join(' '), /no training has been timed on this machine yet/);
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
  gateTable(gate, place).lines.map(({ text }) => text);

test('in the smallest window the table has both versions, groups, the position and the reason', t => {
  const row = firstRowOf(stopping);
  t.is(stopping.rows[row]?.name, 'MNIST validation images');
  t.deepEqual(gateTexts(stopping, { row, columns: 34, rows: 14 }), [
    'against standard-1-7f162361',
    '1 blocking, 1 worse, 1 better, 19…',
    '  = corruption 15  91.50 → 91.40 %',
    '  = corruption 16  91.50 → 91.40 %',
    '  = corruption 17  91.50 → 91.40 %',
    'Size',
    '  = weights            400k → 400k',
    '  - model file       1.5 → 2.4 MiB',
    'Validation images',
    '> ! MNIST valida…  98.40 → 71.30 %',
    '+ better = same - worse ! blocks',
    'Worse, blocks promotion: 3 gained,',
    '1,358 lost of 5,000; tolerated:',
    '0.1 points',
  ]);
  const { title, footer } = gateTable(stopping, { row, columns: 34, rows: 14 });
  t.is(title, 'fine-tune-1-0a1b2c3d');
  t.is(footer, 'Row 22 of 22 (16 above)');
});

test('in the smallest window the longest reason is whole, and the table gives way to it', t => {
  const why =
    '52 gained, 156 lost of 10,000; p < 0.001, adjusted < 0.001 (Holm, 13 sets), but within 2 points';
  const rows = stopping.rows.map((each, index) => (index === 1 ? { ...each, why } : each));
  for (const row of [0, 1]) {
    const texts = gateTexts({ ...stopping, rows }, { row, columns: 34, rows: 14 });
    t.true(texts.length <= 14);
    const position = texts.findIndex(text => text.startsWith('+ better'));
    t.is(position, 9, 'the table does not jump');
    t.true(
      texts
        .slice(position + 1)
        .join(' ')
        .endsWith(rows[row]?.why ?? '?'),
    );
  }
});

for (const [columns, rows] of [
  [34, 14],
  [46, 14],
  [60, 28],
] as const) {
  test(`in ${columns} columns and ${rows} rows every row can be read with its reason`, t => {
    for (const [row, { name, why }] of stopping.rows.entries()) {
      const { lines, footer } = gateTable(stopping, { row, columns, rows });
      t.true(lines.length <= rows);
      for (const { text } of lines) t.true(text.length <= columns, text);
      const selected = lines.filter(({ text }) => text.startsWith('> '));
      t.is(selected.length, 1);
      t.is(selected[0]?.row, row);
      t.true(selected[0]?.text.includes(name.slice(0, 10)));
      const texts = lines.map(({ text }) => text);
      t.true(footer.startsWith(`Row ${row + 1} of `));
      const position = texts.findIndex(text => text.startsWith('+ better'));
      t.true(
        texts
          .slice(position + 1)
          .join(' ')
          .endsWith(why),
      );
    }
  });
}

test('the position says how many rows are hidden', t => {
  const positionOf = (row: number) => gateTable(stopping, { row, columns: 60, rows: 14 }).footer;
  const total = stopping.rows.length;
  t.is(positionOf(0), `Row 1 of ${total} (${total - 6} below)`);
  t.is(positionOf(total - 1), `Row ${total} of ${total} (${total - 7} above)`);
});

test('better and worse rows have their colours, also when they are selected', t => {
  for (const row of [0, 9]) {
    const { lines } = gateTable(stopping, { row, columns: 48, rows: 40 });
    const toneOf = (name: string) => lines.find(({ text }) => text.includes(name))?.tone;
    t.is(toneOf('! MNIST validation'), 'against');
    t.is(toneOf('- model file'), 'warning');
    t.is(toneOf('+ corrections held out'), 'accent');
    t.is(toneOf('= MNIST test'), 'plain');
  }
});

test('each group has its title once', t => {
  const { lines } = gateTable(passing, { row: 0, columns: 48, rows: 60 });
  const titles = lines.filter(({ tone, row }) => tone === 'strong' && row === undefined);
  t.deepEqual(
    titles.map(({ text }) => text),
    ['Corrections', 'Test images', 'Corrupted images', 'Size'],
  );
});

test('for a screen reader the selected row is a sentence', t => {
  const [summary, row] = spokenGate(stopping, firstRowOf(stopping));
  t.is(
    summary,
    'fine-tune-1-0a1b2c3d compared with standard-1-7f162361: 1 blocking, 1 worse, 1 better, 19 same.',
  );
  t.regex(
    row!,
    /^Row 22 of 22, Validation images: MNIST validation images, 98\.40 to 71\.30 %\. Worse, blocks/,
  );
});

const corrections: CorrectionReview = {
  list: {
    ...emptyList,
    items: [
      ...Array.from({ length: 29 }, (_, index) => ({
        id: `c${index}`,
        label: index % 10,
        source: 'correction' as const,
        atMs: new Date(2026, 2, 14, 15, index).getTime(),
        isSent: index > 0,
      })),
      { id: 'a1', label: 4, source: 'practice', atMs: 0, isSent: true },
    ],
    unread: 70,
  },
  suspects,
  confirmed: [],
};

test('each correction has a row with its label, its time and where it is, suspect ones first', t => {
  const { title, lines, footer } = correctionTable(corrections, { row: 1, columns: 48, rows: 14 });
  t.is(title, 'Corrections: 2 of 100 (91 below)');
  t.is(footer, '2 suspect');
  t.regex(lines[1]?.text ?? '', /^ {2}\? 4 .* sent +practice$/);
  t.is(lines[1]?.tone, 'warning');
  t.is(lines[2]?.text, '>   0      2026-03-14 15:00  waiting  correction');
  t.is(lines.at(-1)?.text, 'Sent when a service is available.');
});

test('what is wrong with a suspect label is said beside what can be done', t => {
  for (const columns of [34, 48, 60]) {
    const { lines } = correctionTable(corrections, { row: 0, columns, rows: 14 });
    t.true(lines.length <= 14);
    for (const { text } of lines) t.true(text.length <= columns, text);
    const details = lines.slice(lines.findIndex(({ text }) => text === '') + 1);
    t.is(
      details.map(({ text }) => text).join(' '),
      'It looks like a 9 (80.0 %), not a 4: left out. y keeps the 4, d deletes it.',
    );
  }
  t.regex(spokenCorrections(corrections, 0).join(' '), /Labelled 4, .* sent, practice\. It looks/);
});

test('in the smallest window the year is left out, and nothing of a row is cut off', t => {
  const { title, lines } = correctionTable(corrections, { row: 1, columns: 34, rows: 14 });
  t.is(title, 'Corrections: 2 of 100');
  t.is(lines[2]?.text, '>   0      03-14 15:00  waiting');
  t.is(
    lines.find(({ text }) => text.endsWith('…')),
    undefined,
  );
});

test('an empty list says how to make a correction, and a failure why it is not whole', t => {
  const place = { row: 0, columns: 48, rows: 16 };
  const last = (list: Partial<CorrectionList>) =>
    correctionTable({ ...emptyReview, list: { ...emptyList, ...list } }, place).lines.at(-1)?.text;
  t.is(last({}), 'Press f and a digit on a drawing to correct it.');
  t.is(last({ problem: 'It is gone.' }), 'The list is not complete: It is gone.');
});

test('a table may have no rows', t => {
  const lines = gateTexts(
    { ...passing, rows: [], champion: undefined },
    { row: 0, columns: 34, rows: 14 },
  );
  t.deepEqual(lines.slice(0, 2), ['against no champion', 'nothing compared']);
});

test('a passed gate asks whether to promote, a failed one does not', t => {
  t.is(
    gateSentence(passing),
    'Promote it? Passed: nothing that matters is worse; better: corrections held out.',
  );
  t.is(gateSentence(stopping), 'Not promoted: worse on MNIST validation images.');
});
