// nn:promote: what passes, what is stopped, and what is left in the models folder.

import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GateResult, GateResult as GateResultSchema } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import Value from 'typebox/value';
import { promoteCommand } from '../../../cli/promote/promote.ts';
import { readChampionFile, writeChampionFile } from '../../../src/registry/champion.ts';
import { readHistory } from '../../../src/registry/history.ts';
import { idxBytes, imageMagic, labelMagic } from '../../data/idx-bytes.ts';
import { saveGateModels } from '../support/gate-models.ts';
import { callCommand, runCommand } from '../support/run-command.ts';
import { writeSmallMnist } from '../support/small-mnist.ts';

/** Enough to distinguish a model that classifies digits from one that does not. */
const images = { training: 480, test: 40 };

let shared: {
  readonly folder: string;
  readonly versions: Awaited<ReturnType<typeof saveGateModels>>;
};

test.before('the models are saved', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'promote-'));
  const [data, models] = [join(folder, 'digits'), join(folder, 'models')];
  await writeSmallMnist(data, images);
  const versions = await saveGateModels(models, data);
  await writeChampionFile(models, versions.good);
  shared = { folder, versions };
});

test.after.always(() => rm(shared.folder, { recursive: true }));

/** The versions in a models folder, the good one as the champion, and how to promote another. */
type Prepared = Awaited<ReturnType<typeof prepare>>;

async function prepare(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'promote-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const data = join(folder, 'digits');
  const models = join(folder, 'models');
  await cp(shared.folder, folder, { recursive: true });
  const { versions } = shared;
  const argumentsFor = (version: string) => [version, '--models', models, '--data', data];
  const promote = (version: string, ...args: string[]) =>
    callCommand(promoteCommand, ...argumentsFor(version), ...args);
  return { ...versions, folder, models, argumentsFor, promote };
}

function outcomeOf(stdout: string): GateResult {
  return Value.Parse(GateResultSchema, JSON.parse(stdout));
}

const championOf = async (models: string) => (await readChampionFile(models)).version;

test.serial('--help lists the options and exits with 0', async t => {
  const { stdout, code } = await callCommand(promoteCommand, '--help');
  t.is(code, 0);
  for (const option of [
    '--feedback',
    '--strokes',
    '--pictures',
    '--models',
    '--force',
    '--why',
    '--dry-run',
    '--to',
  ]) {
    t.true(stdout.includes(option));
  }
});

test.serial(
  'a version without worse figures becomes the champion, and the history records it',
  async t => {
    const { good, alike, models, promote } = await prepare(t);
    const { stdout, stderr, code } = await promote(alike.version, '--json', '--why', 'a new seed');
    t.is(code, 0, stderr);
    const outcome = outcomeOf(stdout);
    t.like(outcome, {
      type: 'gate',
      version: alike.version,
      champion: good.version,
      passes: true,
      promoted: true,
      why: 'nothing that matters is worse',
    });
    t.deepEqual(
      [...new Set(outcome.rows.map(({ group }) => group))],
      ['test', 'validation', 'corruption', 'refusal', 'calibration', 'speed', 'size'],
    );
    t.regex(stderr, /digits test images .*same {2}0 gained, 0 lost of 40; p = 1\.0\n/);
    t.is(await championOf(models), alike.version);
    const [entry, ...others] = await readHistory(models);
    t.deepEqual(others, []);
    t.like(entry, { action: 'promote', from: good, to: alike, forced: false, why: 'a new seed' });
    t.like(entry!.figures['digits test images'], { unit: '%' });
  },
);

test.serial('a worse version is stopped with exit code 1, and nothing is changed', async t => {
  const { good, bad, models, promote } = await prepare(t);
  const { stdout, stderr, code } = await promote(bad.version, '--json');
  t.is(code, 1);
  t.like(outcomeOf(stdout), { champion: good.version, passes: false, promoted: false });
  t.regex(stderr, /Not promoted: worse on digits test images, .* The champion is still means-1-/);
  t.is(await championOf(models), good.version);
  t.false((await readdir(models)).includes('history.jsonl'));
});

test.serial('--force promotes a worse version, and the reason is kept', async t => {
  const { good, bad, models, promote } = await prepare(t);
  const { stdout, code } = await promote(bad.version, '--force', '--why', 'to see it fail');
  t.is(code, 0);
  t.regex(stdout, /Forced: worse on .*\nThe champion is now nothing-1-/);
  t.is(await championOf(models), bad.version);
  const [entry] = await readHistory(models);
  t.like(entry, { from: good, to: bad, forced: true, why: 'to see it fail' });
});

test.serial('a version that no service would load is refused, also with --force', async t => {
  const { good, symbols, models, promote } = await prepare(t);
  const { stderr, code } = await promote(symbols.version, '--force', '--why', 'it is accurate');
  t.is(code, 2);
  t.regex(stderr, /^error model-unsupported: symbols-1-\w+ failed its self-test: .* known digits/);
  t.is(await championOf(models), good.version);
});

test.serial('a dry run counts the sets, reports the result and writes nothing', async t => {
  const { alike, models, promote } = await prepare(t);
  const before = await readdir(models, { recursive: true });
  const champion = await readFile(join(models, 'champion.json'), 'utf8');
  const { stdout, code } = await promote(alike.version, '--dry-run', '--json', '--progress');
  t.is(code, 0);
  const lines = stdout.trimEnd().split('\n');
  t.like(outcomeOf(lines.pop()!), { passes: true, promoted: false });
  const total = lines.length;
  t.true(total > 10);
  t.deepEqual(
    lines.map(line => JSON.parse(line)),
    lines.map((_, i) => ({ type: 'progress', done: i + 1, total })),
  );
  t.deepEqual(await readdir(models, { recursive: true }), before);
  t.is(await readFile(join(models, 'champion.json'), 'utf8'), champion);
});

/** The document of a dry run, made once: it holds in every copy of the folder. */
let compared: Promise<string> | undefined;

async function writeCompared({ folder, promote, alike }: Prepared): Promise<string> {
  compared ??= promote(alike.version, '--dry-run', '--json').then(({ stdout }) => stdout);
  const file = join(folder, 'compared.json');
  await writeFile(file, await compared);
  return file;
}

const isProgress = (line: string) => line.includes('"progress"');

test.serial('an earlier comparison of the same models and sets is not repeated', async t => {
  const all = await prepare(t);
  const { models, alike, good, promote } = all;
  const file = await writeCompared(all);
  const { digests, rows } = outcomeOf(await compared!);
  t.like(digests, { challenger: alike.sha256, champion: good.sha256 });
  const options = ['--compared', file, '--json', '--progress'];
  const { stdout, code } = await promote(alike.version, ...options);
  t.is(code, 0);
  t.false(stdout.split('\n').some(isProgress));
  t.deepEqual(outcomeOf(stdout).rows, rows);
  t.is(await championOf(models), alike.version);
  t.like((await readHistory(models))[0]!.figures['digits test images'], { unit: '%' });
});

test.serial(
  'the verdict of an earlier comparison is derived from its rows again, and without rows it is repeated',
  async t => {
    const all = await prepare(t);
    const { models, alike, good, promote } = all;
    const file = await writeCompared(all);
    const result = outcomeOf(await compared!);
    const [first, ...others] = result.rows;
    await writeFile(file, JSON.stringify({ ...result, rows: [] }));
    const { stdout } = await promote(
      alike.version,
      ...['--dry-run', '--compared', file, '--json', '--progress'],
    );
    t.true(stdout.split('\n').some(isProgress));
    const rows = [{ ...first, verdict: 'worse', matters: true }, ...others];
    await writeFile(file, JSON.stringify({ ...result, rows, passes: true }));
    const { code } = await promote(alike.version, '--compared', file);
    t.is(code, 1);
    t.is(await championOf(models), good.version);
  },
);

test.serial('a comparison with another champion, version or set is repeated', async t => {
  const all = await prepare(t);
  const { models, folder, alike, another, promote } = all;
  const file = await writeCompared(all);
  const options = ['--dry-run', '--compared', file, '--json', '--progress'];
  const repeats = async (version: string, ...args: string[]) => {
    const { stdout, stderr } = await promote(version, ...options, ...args);
    t.regex(stderr, /^The earlier comparison was of other models or other sets/m);
    t.true(stdout.split('\n').some(isProgress));
  };
  await repeats(another.version);
  await repeats(alike.version, '--feedback', await writeCorrections(folder));
  await writeChampionFile(models, another);
  await repeats(alike.version);
  t.is(await championOf(models), another.version);
});

test.serial('a file that is not a result of the gate is data-corrupt', async t => {
  const { alike, folder, promote } = await prepare(t);
  const file = join(folder, 'compared.json');
  for (const [text, code] of [
    ['{"passes": true}', 'data-corrupt'],
    [undefined, 'data-missing'],
  ] as const) {
    if (text === undefined) await rm(file);
    else await writeFile(file, text);
    const { stderr } = await promote(alike.version, '--compared', file);
    t.regex(stderr, new RegExp(`^error ${code}: `));
  }
});

test.serial('without a champion any version is promoted', async t => {
  const { bad, models, promote } = await prepare(t);
  await rm(join(models, 'champion.json'));
  const { stdout, stderr, code } = await promote(bad.version, '--json');
  t.is(code, 0);
  const outcome = outcomeOf(stdout);
  t.like(outcome, { champion: null, promoted: true, why: 'nothing to compare with' });
  t.true(outcome.rows.every(({ champion, matters }) => champion === null && !matters));
  t.regex(stderr, /^There is no champion\.\n/);
  t.like((await readHistory(models))[0], { action: 'crown', from: null, to: bad });
});

test.serial('a champion that cannot be loaded is reported, and named in the history', async t => {
  const { old, good, models, promote } = await prepare(t);
  await writeChampionFile(models, old);
  const { stdout, code } = await promote(good.version);
  t.is(code, 0);
  t.regex(stdout, /^The champion old-1-\w+ cannot be used \(model-unsupported: .*mnist-fit\/0/);
  t.like((await readHistory(models))[0], { action: 'promote', from: old, to: good });
});

test.serial('only held-out corrections have a row', async t => {
  const { good, bad, models, folder, promote } = await prepare(t);
  await writeChampionFile(models, bad);
  const feedback = await writeCorrections(folder);
  const { stdout, stderr } = await promote(good.version, '--feedback', feedback, '--json');
  t.regex(stderr, /Corrections held out of training: 2\./);
  const [row] = outcomeOf(stdout).rows;
  t.like(row, { group: 'corrections', matters: true });
  t.regex(row!.why, / of 2; any loss blocks promotion$/);
});

test.serial('two processes that promote at once do it one after the other', async t => {
  const { good, alike, another, models, argumentsFor } = await prepare(t);
  const finished = await Promise.all(
    [alike, another].map(({ version }) => runCommand('promote', ...argumentsFor(version))),
  );
  t.deepEqual(
    finished.map(({ code }) => code),
    [0, 0],
    finished.map(({ stderr }) => stderr).join(''),
  );
  const history = await readHistory(models);
  t.is(history.length, 2);
  t.is(history[0]!.from!.version, good.version);
  t.deepEqual(history[1]!.from, history[0]!.to);
  t.is(await championOf(models), history[1]!.to.version);
});

test.serial('the champion itself is not compared and not changed', async t => {
  const { good, promote } = await prepare(t);
  const { stdout, code } = await promote(good.version, '--json');
  t.is(code, 0);
  t.like(outcomeOf(stdout), { passes: true, promoted: false, why: 'already the champion' });
});

test.serial('a missing version is model-missing, and the existing ones are listed', async t => {
  const { promote } = await prepare(t);
  for (const version of ['none-1-01234567', '../models', '.']) {
    const { stdout, stderr, code } = await promote(version);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, /^error model-missing: .* it has means-1-\w+, means-2-/);
  }
});

test.serial('a version whose bytes do not match its name is champion-digest-mismatch', async t => {
  const { alike, good, models, promote } = await prepare(t);
  await writeFile(join(models, alike.path), await readFile(join(models, good.path)));
  const { stderr, code } = await promote(alike.version);
  t.is(code, 2);
  t.regex(stderr, /^error champion-digest-mismatch: /);
});

/** Three corrections, two of which are held out by their hash. */
async function writeCorrections(folder: string): Promise<string> {
  const feedback = join(folder, 'feedback');
  await mkdir(feedback);
  const isInk = (i: number) =>
    i % 28 >= 12 && i % 28 < 16 && i % 784 >= 4 * 28 && i % 784 < 24 * 28;
  const pixels = Array.from({ length: 3 * 784 }, (_, i) => (isInk(i) ? 255 : 0));
  const labels = [7, 1, 4];
  await writeFile(
    join(feedback, 'train-images-idx3-ubyte'),
    idxBytes(imageMagic, [3, 28, 28], pixels),
  );
  await writeFile(join(feedback, 'train-labels-idx1-ubyte'), idxBytes(labelMagic, [3], labels));
  const hashes = ['00000000', '00000001', '00000005'].map(start => start.padEnd(64, 'a'));
  const lines = labels.map((label, index) =>
    JSON.stringify({
      index,
      id: `correction-${index}`,
      label,
      source: 'correction',
      input: { sha256: hashes[index] },
      createdAt: '2026-03-01T12:00:00.000Z',
    }),
  );
  await writeFile(join(feedback, 'manifest.jsonl'), `${lines.join('\n')}\n`);
  return feedback;
}
