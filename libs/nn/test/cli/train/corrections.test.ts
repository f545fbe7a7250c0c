// Which corrections are learnt: those with suspect labels only where they are confirmed.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { joinCorrections, leaveOutSuspects } from '../../../cli/train/corrections.ts';
import { parseTrainingOptions } from '../../../cli/train/options.ts';
import { known, picture, pixelReader } from '../../evaluation/corrections/pixel-reader.ts';

const champion = { version: 'reader', sha256: '', model: pixelReader() };
const contradicted = [{ id: 'older', label: 4 }];
const learnable = [
  { id: 'right', sha256: '', label: 3, source: 'correction', inputs: picture(3), contradicted },
  { id: 'wrong', sha256: '', label: 8, source: 'correction', inputs: picture(1), contradicted: [] },
  { id: 'odd', sha256: '', label: 9, source: 'correction', inputs: picture(2), contradicted: [] },
];

async function select(t: ExecutionContext, confirm: readonly string[], count = learnable.length) {
  const folder = await mkdtemp(join(tmpdir(), 'corrections-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const options = parseTrainingOptions(['--feedback', 'x', ...confirm]);
  const fetched = { source: 'x', learnable: learnable.slice(-count), heldOut: [] };
  const selected = await leaveOutSuspects(fetched, options, { champion, training: known, folder });
  const ids = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id);
  return { ...selected, folder, ids: [ids(selected.trained), ids(selected.suspects)] };
}

test('suspect labels are left out, and written to the run folder as images and a page', async t => {
  const { ids, folder, page, suspects } = await select(t, []);
  t.deepEqual(ids, [['right'], ['older', 'wrong', 'odd']]);
  const files = (await readdir(join(folder, 'doubtful'))).sort();
  t.deepEqual(files, ['index.html', 'odd.png', 'older.png', 'wrong.png']);
  t.is(page, join(folder, 'doubtful', 'index.html'));
  t.is(suspects[2]!.file, join(folder, 'doubtful', 'odd.png'));
});

test('a correction that is confirmed by its id is learnt', async t => {
  const { ids } = await select(t, ['--confirm', 'odd,nothing']);
  t.deepEqual(ids, [
    ['right', 'odd'],
    ['older', 'wrong'],
  ]);
});

test('with all confirmed every correction is learnt but a contradicted label', async t => {
  const { ids } = await select(t, ['--confirm', 'all']);
  t.deepEqual(ids, [['right', 'wrong', 'odd'], ['older']]);
});

test('without a correction that is not suspect there is nothing to learn', async t => {
  await t.throwsAsync(select(t, [], 2), { code: 'data-missing', message: /--confirm/ });
});

test('corrections are repeated among the other training samples', async t => {
  const joined = joinCorrections(known, await select(t, ['--confirm', 'all']));
  t.is(joined.count, known.count + 20 * learnable.length);
});
