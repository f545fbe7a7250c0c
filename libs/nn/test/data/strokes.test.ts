import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import {
  loadStrokes,
  parseStrokes,
  type RecordedDrawing,
  splitByWriter,
} from '../../src/data/strokes.ts';
import { sha256Of } from '../../src/sha256.ts';

/** A valid line with some fields replaced. */
function lineWith(changes: Record<string, unknown> = {}): string {
  const line = {
    label: 7,
    writer: 'w3',
    strokes: [
      [[0.25, 0.5]],
      [
        [0, 1],
        [-0.1, 1.1],
      ],
    ],
  };
  return JSON.stringify({ ...line, ...changes });
}

const good = lineWith();

async function folderWith(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'strokes-'));
  t.teardown(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

test('a line is a drawing with its label, its writer and its strokes', t => {
  t.deepEqual(parseStrokes(good, 'a.jsonl'), [
    {
      label: 7,
      writer: 'w3',
      strokes: [
        [[0.25, 0.5]],
        [
          [0, 1],
          [-0.1, 1.1],
        ],
      ],
    },
  ]);
});

test('blank lines are skipped, and lines may end as on Windows', t => {
  const text = `\n${good}\r\n \t\n\r\n${lineWith({ label: 3 })}\n\n`;
  t.deepEqual(
    parseStrokes(text, 'a.jsonl').map(({ label }) => label),
    [7, 3],
  );
});

for (const [label, expected] of [
  [0, 0],
  [9, 9],
  ['4', 4],
  ['A', undefined],
  ['ñ', undefined],
  ['10', undefined],
] as const) {
  test(`the label ${JSON.stringify(label)} is ${expected ?? 'an outlier'}`, t => {
    t.is(parseStrokes(lineWith({ label }), 'a.jsonl')[0]!.label, expected);
  });
}

const malformed: [title: string, line: string][] = [
  ['that is no JSON', '{"label": 7,'],
  ['that is a number', '7'],
  ['that is null', 'null'],
  ['without a label', lineWith({ label: undefined })],
  ['with the label 10', lineWith({ label: 10 })],
  ['with the label −1', lineWith({ label: -1 })],
  ['with half a label', lineWith({ label: 3.5 })],
  ['with an empty label', lineWith({ label: '' })],
  ['with a long label', lineWith({ label: 'x'.repeat(17) })],
  ['with a label that is null', lineWith({ label: null })],
  ['without a writer', lineWith({ writer: undefined })],
  ['with a nameless writer', lineWith({ writer: '' })],
  ['with a number for a writer', lineWith({ writer: 3 })],
  ['without strokes', lineWith({ strokes: undefined })],
  ['with no stroke at all', lineWith({ strokes: [] })],
  ['with strokes that are all empty', lineWith({ strokes: [[], []] })],
  ['with points that are no pairs', lineWith({ strokes: [[[1, 2, 3]]] })],
  ['with points for strokes', lineWith({ strokes: [[1, 2]] })],
  ['with text for a coordinate', lineWith({ strokes: [[['1', 2]]] })],
  ['with a point far away', lineWith({ strokes: [[[0, 10.5]]] })],
  ['with a point at infinity', good.replace('0.25', '1e999')],
  ['with too many strokes', lineWith({ strokes: Array(101).fill([[0, 0]]) })],
  ['with a stroke of very many points', lineWith({ strokes: [Array(10_001).fill([0, 0])] })],
];

for (const [title, line] of malformed) {
  test(`a line ${title} is data-corrupt, and the message names the line`, t => {
    t.throws(() => parseStrokes(`${good}\n\n${line}\n${good}`, 'pens.jsonl'), {
      name: 'NnError',
      code: 'data-corrupt',
      message: /^pens\.jsonl:3 /,
    });
  });
}

test('a file of blank lines is data-corrupt', t => {
  t.throws(() => parseStrokes('\n \n', 'pens.jsonl'), {
    code: 'data-corrupt',
    message: /pens\.jsonl/,
  });
});

test('every .jsonl file of a folder is read, in order of name, with its digest; others are ignored', async t => {
  const two = `${lineWith({ label: 2 })}\n`;
  const folder = await folderWith(t, { 'b.jsonl': two, 'a.jsonl': good, 'notes.txt': 'no' });
  const files = await loadStrokes(folder);
  t.deepEqual(
    files.map(({ name, sha256, drawings }) => ({ name, sha256, label: drawings[0]!.label })),
    [
      { name: 'a', sha256: sha256Of(Buffer.from(good)), label: 7 },
      { name: 'b', sha256: sha256Of(Buffer.from(two)), label: 2 },
    ],
  );
});

test('a malformed line of a folder’s file is named with the file', async t => {
  const folder = await folderWith(t, { 'a.jsonl': good, 'b.jsonl': `${good}\nnonsense\n` });
  const error = await t.throwsAsync(loadStrokes(folder), { code: 'data-corrupt' });
  t.true(error.message.startsWith(`${join(folder, 'b.jsonl')}:2 `), error.message);
});

test('a folder without such a file, or none at all, is data-missing', async t => {
  const folder = await folderWith(t, { 'notes.txt': good });
  await t.throwsAsync(loadStrokes(folder), { code: 'data-missing' });
  await t.throwsAsync(loadStrokes(join(folder, 'nowhere')), { code: 'data-missing' });
  await t.throwsAsync(loadStrokes(join(folder, 'notes.txt')), { code: 'data-missing' });
});

/** Some drawings by each of so many writers, mixed. */
function drawingsBy(writers: number, each = 3): RecordedDrawing[] {
  return Array.from({ length: writers * each }, (_, i) => ({
    label: i % 10,
    writer: `w${String((7 * i) % writers).padStart(2, '0')}`,
    strokes: [[[i / 100, 0.5]]],
  }));
}

const writersOf = (drawings: readonly RecordedDrawing[]) =>
  [...new Set(drawings.map(({ writer }) => writer))].sort();

test('every drawing is in exactly one part, in its order', t => {
  const drawings = drawingsBy(23);
  const parts = Object.values(splitByWriter(drawings));
  t.is(parts.flat().length, drawings.length);
  t.is(new Set(parts.flat()).size, drawings.length);
  for (const part of parts)
    t.deepEqual(
      part,
      drawings.filter(one => part.includes(one)),
    );
});

test('no writer is in two parts: every fifth is held out, one of ten is for validation', t => {
  const { training, validation, heldOut } = splitByWriter(drawingsBy(11));
  t.deepEqual(writersOf(training), ['w00', 'w01', 'w02', 'w05', 'w06', 'w07', 'w08', 'w10']);
  t.deepEqual(writersOf(validation), ['w03']);
  t.deepEqual(writersOf(heldOut), ['w04', 'w09']);
});

test('the split does not depend on the order of the drawings', t => {
  const drawings = drawingsBy(13);
  const [split, turned] = [splitByWriter(drawings), splitByWriter(drawings.toReversed())];
  for (const part of ['training', 'validation', 'heldOut'] as const) {
    t.deepEqual(turned[part].toReversed(), split[part]);
  }
});

test('with few writers, all are for training', t => {
  const drawings = drawingsBy(2);
  t.deepEqual(splitByWriter(drawings), { training: drawings, validation: [], heldOut: [] });
});
