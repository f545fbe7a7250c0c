// nn:train --feedback as a process: a champion that learns what it was corrected on.

import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { isHeldOut, loadCorrections } from '../../../src/data/corrections.ts';
import { idxFiles } from '../../../src/data/idx-folder.ts';
import { exportFiles, type TestCorrection, writeExport } from '../../data/export-files.ts';
import { runCommand } from '../support/run-command.ts';
import { readPart, writeSmallMnist } from '../support/small-mnist.ts';

const pixels = 28 * 28;

/** MNIST's training images behind those that the small data has, and their labels. */
async function moreDigits() {
  const images = await readPart(idxFiles.trainingImages, 16 + 5000 * pixels, 1000 * pixels);
  const labels = await readPart(idxFiles.trainingLabels, 8 + 5000, 1000);
  return Array.from(labels, (label, i) => ({
    label,
    picture: Uint8Array.from(images.subarray(i * pixels, (i + 1) * pixels)),
  }));
}

/** A seven with two bars through it: few would take it for one. */
function bar({ label, picture }: TestCorrection): TestCorrection {
  const barred = Uint8Array.from(picture);
  for (const row of [13, 14, 19, 20]) barred.fill(255, row * 28 + 5, row * 28 + 23);
  return { label, picture: barred, manifest: { preprocessing: 'none' } };
}

interface Told {
  readonly type: string;
  readonly trained: number;
  readonly heldOut: number;
  readonly count: number;
  readonly page: string | null;
  readonly doubtful: readonly { readonly id: string; readonly file: string }[];
  readonly isChampion: boolean;
  readonly model: { readonly version: string };
  readonly corrections: {
    readonly heldOut: { readonly count: number; readonly before: number; readonly after: number };
  };
}

let shared: { readonly folder: string; readonly data: string; readonly champions: string };

test.before('a champion is trained', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'feedback-'));
  const [data, champions] = [join(folder, 'data'), join(folder, 'models')];
  await writeSmallMnist(data);
  shared = { folder, data, champions };
  const champion = await runCommand('train', ...argumentsFor(champions), '--profile', 'quick');
  t.is(champion.code, 0, champion.stderr);
});

test.after.always(() => rm(shared.folder, { recursive: true }));

const argumentsFor = (out: string) =>
  ['--data', shared.data, '--out', out, '--json', '--threads', '1'] as const;

/** Models with a champion of small data among them, and how to train beside it. */
async function prepare(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'feedback-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const [out, source] = [join(folder, 'models'), join(folder, 'export')];
  await cp(shared.champions, out, { recursive: true });
  return { out, source, args: [...argumentsFor(out), '--feedback', source] };
}

function eventsOf(stdout: string): Told[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

test.serial("a style is learnt from the champion's weights, which stays the champion", async t => {
  const { out, source, args } = await prepare(t);
  const sevens = (await moreDigits()).filter(({ label }) => label === 7).slice(0, 60);
  await writeExport(source, exportFiles(sevens.map(bar)));
  const before = await readFile(join(out, 'champion.json'), 'utf8');
  const { stdout, stderr, code } = await runCommand('train', ...args);
  t.is(code, 0, stderr);

  const events = eventsOf(stdout);
  const [told] = events;
  t.like(told, { type: 'corrections', count: 60, doubtful: [], page: null });
  t.is(told!.trained + told!.heldOut, 60);
  const { model, isChampion, corrections } = events.at(-1)!;
  t.regex(model.version, /^fine-tune-1-[0-9a-f]{8}$/);
  t.false(isChampion);
  t.is(await readFile(join(out, 'champion.json'), 'utf8'), before);
  const { heldOut } = corrections;
  t.is(heldOut.count, told!.heldOut);
  t.true(heldOut.before < heldOut.count / 2, `${heldOut.before} before`);
  t.true(heldOut.after > 0.9 * heldOut.count, `${heldOut.after} of ${heldOut.count} after`);
  t.true(stderr.includes(`npx nx run nn:promote ${model.version} --feedback `));

  const { version } = JSON.parse(before);
  const card = await readFile(join(out, model.version, 'card.md'), 'utf8');
  t.true(card.includes(version));
  t.regex(card, /held out/);
  const training = await readFile(join(out, model.version, 'training.jsonl'), 'utf8');
  t.like(JSON.parse(training.split('\n')[0]!), { type: 'start', from: { version } });

  const again = await runCommand('train', ...args);
  t.is(eventsOf(again.stdout).at(-1)!.model.version, model.version);
});

test.serial(
  'shuffled labels are left out, shown to a person, and learnt when confirmed',
  async t => {
    const { out, source, args } = await prepare(t);
    const digits = (await moreDigits()).slice(0, 60);
    const shuffled = digits.map(({ picture }, i) => ({
      label: digits[(i + 7) % 60]!.label,
      picture,
    }));
    await writeExport(source, exportFiles([...shuffled, ...(await moreDigits()).slice(100, 110)]));
    const { stdout, code } = await runCommand('train', ...args);
    t.is(code, 0);

    const [told] = eventsOf(stdout);
    const learnable = (await loadCorrections(source)).filter(({ sha256 }) => !isHeldOut(sha256));
    t.true(told!.doubtful.length > 0.7 * learnable.length, `${told!.doubtful.length}`);
    const files = await readdir(join(out, '.runs', 'fine-tune-1', 'doubtful'));
    t.deepEqual(
      files.sort(),
      ['index.html', ...told!.doubtful.map(({ id }) => `${id}.png`)].sort(),
    );
    t.is(told!.page, join(out, '.runs', 'fine-tune-1', 'doubtful', 'index.html'));

    const confirmed = eventsOf((await runCommand('train', ...args, '--confirm', 'all')).stdout);
    t.like(confirmed[0], { doubtful: [], trained: learnable.length });
    t.deepEqual(
      (await readdir(out)).filter(name => name.startsWith('.')),
      [],
    );
  },
);

test.serial('corrections join the training of a profile from scratch', async t => {
  const { source, args } = await prepare(t);
  await writeExport(source, exportFiles((await moreDigits()).slice(0, 30)));
  const scratch = ['--from', 'scratch', '--profile', 'quick'];
  const { stdout, code } = await runCommand('train', ...args, ...scratch);
  t.is(code, 0);
  const events = eventsOf(stdout);
  t.like(events[0], { type: 'corrections', count: 30 });
  t.regex(events.at(-1)!.model.version, /^quick-1-/);
});

test.serial(
  'where there is nothing to learn from, the exit code is 1 and nothing is written',
  async t => {
    const { out, source, args } = await prepare(t);
    const before = await readdir(out);
    const digits = await moreDigits();
    await writeExport(source, exportFiles([]));
    const none = await runCommand('train', ...args);
    t.is(none.code, 1);
    t.regex(none.stderr, /^error data-missing: .* has no corrections/);

    const heldOut = digits.map(({ label, picture }) => ({
      label,
      picture,
      manifest: { input: { sha256: '0'.repeat(64) } },
    }));
    await writeExport(source, exportFiles(heldOut.slice(0, 1)));
    const kept = await runCommand('train', ...args);
    t.is(kept.code, 1);
    t.regex(kept.stderr, /^error data-missing: .* held out/);
    t.deepEqual(await readdir(out), before);
  },
);

test.serial('without a champion there is none to teach, and a way is told', async t => {
  const { out, source, args } = await prepare(t);
  await rm(join(out, 'champion.json'));
  await writeExport(source, exportFiles((await moreDigits()).slice(0, 9)));
  const { stderr, code } = await runCommand('train', ...args);
  t.is(code, 2);
  t.regex(stderr, /^error champion-missing: .*--from scratch/);
});
