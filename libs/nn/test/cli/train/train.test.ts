// nn:train as a process: what a person sees who trains, mistypes, or changes their mind.

import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type Finished, runCommand, startCommand } from '../support/run-command.ts';
import { writeSmallMnist } from '../support/small-mnist.ts';
import { writePenStrokes } from '../support/small-strokes.ts';

interface Event {
  readonly type: string;
  readonly test: { readonly accuracy: number };
  readonly model: { readonly version: string; readonly sha256: string };
  readonly isChampion: boolean;
}

/** Data that all tests train on, and two trainings that they go on from. */
interface Shared {
  readonly folder: string;
  readonly data: string;
  /** on three threads, with nothing in its way */
  readonly whole: { readonly out: string; readonly finished: Finished };
  /** on two threads, ended by SIGKILL */
  readonly killed: { readonly out: string; readonly finished: Finished };
}

let shared: Shared;

test.before('one training ends, and another is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'train-'));
  const [data, whole, killed] = ['data', 'whole', 'killed'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeSmallMnist(data);
  const [finished, interrupted] = await Promise.all([
    runCommand('train', ...argumentsFor(data, whole), '--threads', '3'),
    interrupt('SIGKILL', [...argumentsFor(data, killed), '--threads', '2']),
  ]);
  shared = {
    folder,
    data,
    whole: { out: whole, finished },
    killed: { out: killed, finished: interrupted },
  };
});

test.after.always(() => rm(shared.folder, { recursive: true }));

/** To train on that data into that folder, quickly: on one thread, as the machine has other tests. */
const argumentsFor = (data: string, out: string) =>
  ['--profile', 'quick', '--data', data, '--out', out, '--threads', '1', '--json'] as const;

/** A folder of the test's own, with what a training left in its models, and how to train there. */
async function prepare(t: ExecutionContext, left?: 'whole' | 'killed') {
  const folder = await mkdtemp(join(tmpdir(), 'train-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const out = join(folder, 'models');
  if (left) await cp(shared[left].out, out, { recursive: true });
  return { folder, out, args: argumentsFor(shared.data, out) };
}

function eventsOf(stdout: string): Event[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

/** Trains, and sends one signal when the first checkpoint is written. */
async function interrupt(signal: NodeJS.Signals, args: readonly string[]) {
  const { finished, kill, onStdout } = startCommand('train', ...args);
  let isSent = false;
  onStdout(chunk => {
    if (isSent || !chunk.includes('"checkpoint"')) return;
    isSent = true;
    kill(signal);
  });
  return finished;
}

test.serial('--help lists the options and exits with 0', async t => {
  const { stdout, code } = await runCommand('train', '--help');
  t.is(code, 0);
  for (const option of [
    '--profile',
    '--seed',
    '--data',
    '--strokes',
    '--out',
    '--feedback',
    '--from',
    '--confirm',
    '--threads',
    '--resume',
    '--json',
  ]) {
    t.true(stdout.includes(option));
  }
});

test.serial('arguments that are refused end it with a hint and exit code 2', async t => {
  const { stdout, stderr, code } = await runCommand('train', '--speed', '9');
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /unknown option '--speed'/);
  t.regex(stderr, /nx run nn:train -- --help/);
});

test.serial(
  'a training leaves a version with everything in it, and the same seed the same model',
  async t => {
    const { out, args } = await prepare(t, 'whole');
    const { finished } = shared.whole;
    t.is(finished.code, 0, finished.stderr);
    const done = eventsOf(finished.stdout).at(-1)!;
    t.is(done.type, 'done');
    t.true(done.test.accuracy > 0.85, `${done.test.accuracy}`);
    t.true(done.isChampion);
    t.deepEqual((await readdir(out)).sort(), [
      'champion.json',
      'history.jsonl',
      done.model.version,
    ]);
    t.deepEqual((await readdir(join(out, done.model.version))).sort(), [
      'card.md',
      'metrics.json',
      'model.onnx',
      'model.safetensors',
      'report.html',
      'training.jsonl',
    ]);
    const again = await runCommand('train', ...args);
    t.is(shaOf(again.stdout), done.model.sha256);
  },
);

const shaOf = (stdout: string) => eventsOf(stdout).at(-1)!.model.sha256;

test.serial('a run ended by SIGINT and resumed ends with the same model', async t => {
  const { out, args } = await prepare(t);
  const interrupted = await interrupt('SIGINT', args);
  t.is(interrupted.code, 130);
  t.regex(interrupted.stderr, /Checkpoint written .*\n.* --resume/);
  t.deepEqual(await readdir(out), ['.runs']);
  const resumed = await runCommand('train', ...args, '--resume');
  t.is(resumed.code, 0, resumed.stderr);
  t.is(shaOf(resumed.stdout), shaOf(shared.whole.finished.stdout));
});

test.serial(
  'a run ended by SIGKILL on two threads, and resumed on one in 128-bit vectors, ends with the same model',
  async t => {
    const { out, args } = await prepare(t, 'killed');
    const interrupted = shared.killed.finished;
    t.is(interrupted.code, null);
    t.regex(interrupted.stderr, /kernels wasm-relaxed in 256-bit vectors, threads: 2\n/);
    t.deepEqual(await readdir(out), ['.runs']);
    process.env['DIGITS_NO_REVECTORIZE'] = '1';
    t.teardown(() => {
      delete process.env['DIGITS_NO_REVECTORIZE'];
    });
    const resumed = await runCommand('train', ...args, '--resume');
    t.regex(resumed.stderr, /kernels wasm-relaxed, threads: 1\n/);
    t.is(resumed.code, 0, resumed.stderr);
    t.is(shaOf(resumed.stdout), shaOf(shared.whole.finished.stdout));
  },
);

test.serial('a run that starts over puts the checkpoint of the one before aside', async t => {
  const { out, args } = await prepare(t, 'killed');
  const { stderr } = await interrupt('SIGKILL', args);
  t.regex(stderr, /put aside/);
  t.deepEqual((await readdir(join(out, '.runs', 'quick-1'))).sort(), [
    'checkpoint-before.safetensors',
    'checkpoint.safetensors',
  ]);
});

const notResumable: [title: string, spoil: (checkpoint: string) => Promise<void>, code: string][] =
  [
    ['that is not there', file => rm(file), 'checkpoint-missing'],
    [
      'that is cut short',
      async file => writeFile(file, (await readFile(file)).subarray(0, 999)),
      'checkpoint-corrupt',
    ],
  ];

for (const [title, spoil, code] of notResumable) {
  test.serial(`a checkpoint ${title} is ${code} and exit code 2`, async t => {
    const { out, args } = await prepare(t, 'killed');
    await spoil(join(out, '.runs', 'quick-1', 'checkpoint.safetensors'));
    const { stderr, code: exitCode } = await runCommand('train', ...args, '--resume');
    t.is(exitCode, 2);
    t.regex(stderr, new RegExp(`^error ${code}: .*without --resume\n$`));
  });
}

test.serial('a checkpoint of other data is checkpoint-mismatch', async t => {
  const { folder, out } = await prepare(t, 'killed');
  const data = join(folder, 'data');
  await writeSmallMnist(data, { training: 2400 });
  const { stderr, code } = await runCommand('train', ...argumentsFor(data, out), '--resume');
  t.is(code, 2);
  t.regex(stderr, /error checkpoint-mismatch: .*its data is/);
});

test.serial('a model that a champion taught says so, and the way to take its place', async t => {
  const { out, args } = await prepare(t, 'whole');
  const { version: champion } = eventsOf(shared.whole.finished.stdout).at(-1)!.model;
  const teacher = join(out, champion, 'model.safetensors');
  const taught = ['--seed', '2', '--teacher', teacher] as const;
  const { stdout, stderr } = await runCommand('train', ...args, ...taught);
  t.true(stderr.includes(`Learns what ${champion} would answer.`));
  t.false(eventsOf(stdout).at(-1)!.isChampion);
  t.true(stderr.includes(`The champion stays ${champion}`));
  const { version } = eventsOf(stdout).at(-1)!.model;
  t.true(stderr.includes(`npx nx run nn:promote ${version} --models `));
  const card = await readFile(join(out, version, 'card.md'), 'utf8');
  t.true(card.includes(`; the answers of ${champion} |`));
  t.true(card.includes(`| teacher 1 | ${champion}, SHA-256 `));
});

for (const [title, write, expected] of [
  ['is not there', null, /^error model-missing: .*--teacher\n$/],
  ['is no model', 'digits', /^error model-.*\n$/],
] as const) {
  test.serial(`a teacher that ${title} is refused, and nothing is written`, async t => {
    const { folder, out, args } = await prepare(t);
    const file = join(folder, 'teacher.safetensors');
    if (write !== null) await writeFile(file, write);
    const { stdout, stderr, code } = await runCommand('train', ...args, '--teacher', file);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, expected);
    t.deepEqual(await readdir(out).catch(() => []), []);
  });
}

test.serial('a data folder that is none is refused, and nothing is written', async t => {
  const { folder, out, args } = await prepare(t);
  const { stdout, stderr, code } = await runCommand('train', ...args, '--data', folder);
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /^error data-missing: .*\n$/);
  t.deepEqual(await readdir(out), []);
});

test.serial('an output folder that cannot be is refused before anything is trained', async t => {
  const { folder } = await prepare(t);
  await writeFile(join(folder, 'file'), '');
  await chmod(join(folder, 'file'), 0o400);
  const { stdout, stderr, code } = await runCommand(
    'train',
    '--out',
    join(folder, 'file', 'models'),
  );
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /^error write-failed: .*--out/);
});

test.serial('pen strokes are trained on, and the card says whose they are', async t => {
  const { folder, out } = await prepare(t);
  const data = join(folder, 'data');
  await writeSmallMnist(data, { training: 600 });
  const args = argumentsFor(data, out);
  const strokes = join(folder, "a friend's pens");
  const sha256 = await writePenStrokes(strokes, 'uji-digits');
  const { stdout, stderr, code } = await runCommand('train', ...args, '--strokes', strokes);
  t.is(code, 0, stderr);
  // 550 images, 20 drawings by each of three writers, one picture of no digit for every twenty;
  // 50 images and another writer's digits.
  t.regex(stderr, /^550 .*, uji-digits: 6[34]\d pictures an epoch, 66 to validate$/m);
  const { version } = eventsOf(stdout).at(-1)!.model;
  const card = await readFile(join(out, version, 'card.md'), 'utf8');
  t.true(card.includes('pen strokes: uji-digits'));
  t.true(card.includes('CC BY 4.0'));
  t.true(card.includes(sha256));
  t.true(card.includes("--strokes '…/a friend'\\''s pens'"));
});

for (const [title, text, expected] of [
  ['is not there', null, /^error data-missing: .*--strokes\n$/],
  ['has a line that is none', '\n{"label": 3}\n', /^error data-corrupt: .*pens\.jsonl:2 .*\n$/],
] as const) {
  test.serial(
    `a folder of pen strokes that ${title} is refused, and nothing is written`,
    async t => {
      const { folder, out, args } = await prepare(t);
      const strokes = join(folder, 'strokes');
      if (text !== null) {
        await mkdir(strokes);
        await writeFile(join(strokes, 'pens.jsonl'), text);
      }
      const { stdout, stderr, code } = await runCommand('train', ...args, '--strokes', strokes);
      t.is(code, 2);
      t.is(stdout, '');
      t.regex(stderr, expected);
      t.deepEqual(await readdir(out), []);
    },
  );
}
