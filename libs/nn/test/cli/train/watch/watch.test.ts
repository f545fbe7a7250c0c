// nn:train --probe and --watch: what one sees of a network while it is trained, and how the training is
// controlled.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { ProbeEvent, TrainingEvent, WatchCommand } from '@digits/protocol';
import test from 'ava';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { trainCommand } from '../../../../cli/train/train.ts';
import { createTrainingControl } from '../../../../cli/train/watch/control.ts';
import { filtersOf } from '../../../../cli/train/watch/filters.ts';
import {
  createTrainingScreen,
  trainingScreenStyle,
} from '../../../../cli/train/watch/training-screen.ts';
import { profiles } from '../../../../src/training/profiles.ts';
import { callCommand, callUntil } from '../../support/run-command.ts';
import { writeSmallMnist } from '../../support/small-mnist.ts';
import { writeTinyConfiguration } from '../../support/tiny-training.ts';
import { doneOf, eventsOf } from '../../support/training-events.ts';

const epochs = 2;
const steps = epochs * 8;

let folder: string;

test.before('a small data set, and a configuration of two epochs of eight batches', async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-'));
  await writeSmallMnist(join(folder, 'data'), { training: 132, test: 20 });
  await writeTinyConfiguration(folder, {
    phases: [{ batchSize: 16, epochs, learningRate: 0.05, schedule: { type: 'constant' } }],
  });
  await writeFile(join(folder, 'one.png'), pngOf(255, 0));
  await writeFile(join(folder, 'blank.png'), pngOf(255, 255));
  const picture = await sharp(pngOf(255, 0)).resize(280, 280).jpeg().toBuffer();
  await writeFile(join(folder, 'one.jpg'), picture);
});

test.after.always(() => rm(folder, { recursive: true }));

const side = 28;

/** A vertical line in the middle. */
function lineOf(paper: number, ink: number): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return x >= 12 && x < 15 && y >= 4 && y < 24 ? ink : paper;
  });
}

function pngOf(paper: number, ink: number): Uint8Array {
  return encode({ width: side, height: side, channels: 1, depth: 8, data: lineOf(paper, ink) });
}

const argumentsFor = (out: string) => [
  ...['--profile', 'quick', '--config', join(folder, 'tiny.json'), '--threads', '1', '--json'],
  ...['--data', join(folder, 'data'), '--out', join(folder, out)],
];

/** Trains with --watch and nothing saved; `answer` says what the watching program writes after an event. */
async function watch(out: string, answer: (event: TrainingEvent, stdin: PassThrough) => unknown) {
  const stdin = new PassThrough();
  send(stdin, { type: 'pause' });
  const args = [...argumentsFor(out), '--watch', '--no-save'];
  const onChunk = (chunk: string) => {
    for (const event of eventsOf(chunk)) answer(event, stdin);
    return false;
  };
  const finished = await callUntil(trainCommand, args, onChunk, stdin);
  return { ...finished, events: eventsOf(finished.stdout) };
}

function send(stdin: PassThrough, command: WatchCommand): void {
  stdin.write(`${JSON.stringify(command)}\n`);
}

function probesOf(events: readonly TrainingEvent[]): ProbeEvent[] {
  return events.filter(event => event.type === 'probe');
}

test('--probe answers pictures from the first step to the last, and changes no weight', async t => {
  const pictures = ['one.png', 'one.jpg', 'blank.png'].map(name => join(folder, name));
  const probes = pictures.flatMap(path => ['--probe', path]);
  const [plain, probed] = await Promise.all([
    callCommand(trainCommand, ...argumentsFor('plain')),
    callCommand(trainCommand, ...argumentsFor('probed'), ...probes, '--probe-every', '3'),
  ]);
  t.is(doneOf(probed).model.sha256, doneOf(plain).model.sha256);
  const answered = probesOf(eventsOf(probed.stdout));
  t.deepEqual(
    answered.map(({ step }) => step),
    [0, 3, 6, 9, 12, 15, steps],
  );
  const [one, same, blank] = answered.at(-1)!.answers;
  t.is(one!.digit, 1);
  t.is(same!.digit, 1);
  t.like(blank, { picture: pictures[2], digit: null });
  t.notDeepEqual(one!.probabilities, answered[0]!.answers[0]!.probabilities);
  t.regex(probed.stderr, /probes {2}.*one\.png 1 \(\d/);
});

test('a picture of --probe that cannot be read is an invalid option, with the reason', async t => {
  await writeFile(join(folder, 'empty.png'), '');
  await writeFile(
    join(folder, 'damaged.png'),
    (await readFile(join(folder, 'one.png'))).subarray(0, -40),
  );
  const large = { width: 4900, height: 4900, channels: 3, background: 'white' } as const;
  await sharp({ create: large }).png().toFile(join(folder, 'large.png'));
  for (const [name, reason] of [
    ['tiny.json', 'it is not a PNG, JPEG or WebP picture'],
    ['empty.png', 'it is empty'],
    ['damaged.png', 'it ends too early or is corrupt'],
    ['large.png', 'it is 4900 × 4900 pixels, more than 24000000 in all'],
    ['none.png', 'no such file or directory'],
  ] as const) {
    const file = join(folder, name);
    const { code, stderr } = await callCommand(trainCommand, ...argumentsFor('x'), '--probe', file);
    t.is(code, 2);
    t.is(stderr, `error invalid-options: ${file} cannot be read: ${reason}\n`);
  }
});

test('a watched training is paused, asked about a drawing, continued, and saved when that is possible', async t => {
  const models = join(folder, 'saved');
  await writeFile(models, 'A file has no place for a model.');
  const pixels = Buffer.from(lineOf(0, 255)).toString('base64');
  const { events, code } = await watch('saved', async (event, stdin) => {
    if (event.type === 'filters' && event.step === 0) {
      send(stdin, { type: 'probe', picture: 'canvas', pixels });
    }
    if (event.type === 'probe' && event.step === 0) send(stdin, { type: 'continue' });
    // The trained network still answers, and can be saved.
    if (event.type === 'unsaved') send(stdin, { type: 'save' });
    if (event.type === 'save-failed') {
      await rm(models);
      send(stdin, { type: 'save' });
    }
    if (event.type === 'done') stdin.end();
  });
  t.is(code, 0);
  const first = events.findIndex(({ type }) => type === 'probe');
  t.deepEqual(
    events.slice(first - 1, first + 2).map(({ type }) => type),
    ['filters', 'probe', 'phase'],
  );
  t.like(probesOf(events).at(-1), { step: steps, answers: [{ picture: 'canvas', digit: 1 }] });
  const mistakes = events.filter(event => event.type === 'mistakes');
  t.is(mistakes.length, epochs);
  const { count, confusions, examples } = mistakes[0]!;
  t.is(
    confusions.flat().reduce((sum, each) => sum + each),
    11,
  );
  t.is(examples.length, count);
  t.is(Buffer.from(examples[0]!.pixels, 'base64').length, side * side);
  t.deepEqual(
    events.slice(-3).map(({ type }) => type),
    ['unsaved', 'save-failed', 'done'],
  );
  t.true((await readdir(models)).includes('champion.json'));
});

test('a watched training ends when its stdin does, and leaves nothing', async t => {
  const { code, stderr, events } = await watch('abandoned', (event, stdin) => {
    if (event.type === 'filters') stdin.end('nonsense\n');
  });
  t.is(code, 130);
  t.regex(stderr, /Ignored: nonsense/);
  t.regex(stderr, /Interrupted\. Nothing was kept\./);
  t.false(events.some(({ type }) => type === 'batch' || type === 'checkpoint'));
  await t.throwsAsync(readFile(join(folder, 'abandoned')), { code: 'ENOENT' });
});

test('a training that is not saved ends with its figures and leaves nothing', async t => {
  const finished = await callCommand(trainCommand, ...argumentsFor('unsaved'), '--no-save');
  t.is(finished.code, 0);
  t.like(eventsOf(finished.stdout).at(-1), { type: 'unsaved', test: { count: 20 } });
  await t.throwsAsync(readdir(join(folder, 'unsaved')), { code: 'ENOENT' });
});

test('filters are scaled by the largest weight of their unit, and padded to squares', t => {
  // Three units on images of two rows of three pixels; the last unit has no weights.
  const weight = Float32Array.of(1, 8, 0, 2, 6, 0, -4, 4, 0, 3, 2, 0, 2, 0, 0, 1, -2, 0);
  const layer = { inputs: 6, outputs: 3, weight, bias: new Float32Array(3) };
  const event = filtersOf({ layers: [{ ...layer, activation: 'relu' }] }, 7, 3);
  t.like(event, { step: 7, units: 3, side: 3 });
  t.deepEqual(
    [...new Int8Array(Buffer.from(event.weights, 'base64'))],
    [
      ...[32, 64, -127, 95, 64, 32, 0, 0, 0],
      ...[127, 95, 64, 32, 0, -32, 0, 0, 0],
      ...[0, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
  );
});

const options = { json: false, plain: false };

/** A terminal of 90×30 with colours, as Node sees it. */
function terminalWith(changes: object = {}) {
  const getColorDepth = ({ FORCE_COLOR, NO_COLOR }: NodeJS.ProcessEnv) =>
    NO_COLOR ? 1 : FORCE_COLOR === undefined ? 24 : 4;
  const size = { columns: 90, rows: 30 };
  const stdout = Object.assign(new PassThrough(), {
    isTTY: true,
    ...size,
    getColorDepth,
    ...changes,
  });
  return { stdout, stdin: Object.assign(new PassThrough(), { isTTY: true }) };
}

test('a large terminal with colours and keys gets the screen, any other one lines', t => {
  const styleIn = (changes = {}, chosen = {}, env = {}) =>
    trainingScreenStyle(terminalWith(changes), { ...options, ...chosen }, env);
  t.like(styleIn(), { colours: 'full', theme: 'dark' });
  t.like(styleIn({}, {}, { COLORFGBG: '0;15' }), { theme: 'light' });
  // Nx sets it to true; a number is the user's choice.
  t.like(styleIn({}, {}, { FORCE_COLOR: 'true' }), { colours: 'full' });
  t.like(styleIn({}, {}, { FORCE_COLOR: '1' }), { colours: 16 });
  t.is(styleIn({ columns: 79 }), undefined);
  t.is(styleIn({ rows: 23 }), undefined);
  t.is(styleIn({ isTTY: false }), undefined);
  t.is(styleIn({}, { plain: true }), undefined);
  t.is(styleIn({}, { json: true }), undefined);
  t.is(styleIn({}, {}, { NO_COLOR: '1' }), undefined);
  t.is(styleIn({}, {}, { TERM: 'dumb' }), undefined);
  const { stdout } = terminalWith();
  t.is(trainingScreenStyle({ stdout, stdin: new PassThrough() }, options, {}), undefined);
});

test('Ctrl+Z and other stops: the terminal is the shell’s until the process is continued', t => {
  const signals: unknown[] = [];
  const { kill } = process;
  process.kill = (pid, signal) => {
    signals.push([pid, signal]);
    return true;
  };
  t.teardown(() => Object.assign(process, { kill }));
  const { stdin, stdout } = terminalWith();
  const modes: boolean[] = [];
  const setRawMode = (isRaw: boolean) => modes.push(isRaw);
  const report = createTrainingScreen({
    ...{ stdin: Object.assign(stdin, { setRawMode }), stdout, title: 'a training' },
    control: createTrainingControl(new AbortController().signal, true),
    configuration: profiles.quick,
    style: { colours: 'full', theme: 'dark', glyphs: 'unicode' },
  });
  stdout.read();
  stdin.emit('data', '\u{1a}');
  t.deepEqual(signals, [[0, 'SIGTSTP']]);
  stdin.emit('data', 'm');
  t.true(String(stdout.read()).endsWith('\u{1b}[?1049l'));
  process.emit('SIGCONT', 'SIGCONT');
  const written = String(stdout.read());
  t.true(written.startsWith('\u{1b}[?1049h') && written.includes('a training'));
  t.deepEqual(modes.splice(0), [true, false, false, true]);
  // A stop without notice.
  process.emit('SIGCONT', 'SIGCONT');
  t.deepEqual(modes.splice(0), [false, true]);
  report.end();
  process.emit('SIGCONT', 'SIGCONT');
  t.deepEqual(modes, [false]);
});

test('keys pause and stop the training, and the lines are printed when the screen closes', t => {
  const { stdin, stdout } = terminalWith();
  const control = createTrainingControl(new AbortController().signal, true);
  const report = createTrainingScreen({
    ...{ stdin, stdout, control, title: 'a training' },
    configuration: profiles.quick,
    style: { colours: 'full', theme: 'dark', glyphs: 'unicode' },
  });
  const written = () => String(stdout.read() ?? '');
  report.print('a line');
  const opened = written();
  t.true(opened.startsWith('\u{1b}[?1049h') && opened.includes('a training'));
  stdin.emit('data', 'p');
  t.true(control.isPaused());
  t.regex(written(), /paused/);
  stdin.emit('data', 'ps');
  t.false(control.isPaused());
  t.true(control.signal.aborted);
  t.false(written().includes('a line'));
  report.end();
  t.true(written().endsWith('\u{1b}[?1049la line\n'));
});
