// nn:evaluate on drawings, styles and outliers: draws some ten thousand pictures.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { evaluateCommand } from '../../../cli/evaluate/evaluate.ts';
import { styleFamilies } from '../../../src/data/synthesis/families/style-families.ts';
import { dataIn, emptyFolder, modelIn } from '../support/measured-model.ts';
import { callCommand } from '../support/run-command.ts';
import { writePictures } from '../support/small-pictures.ts';

/** A folder of one file of strokes, a digit and a letter by each of so many writers. */
async function strokesIn(folder: string, writers: number): Promise<string> {
  const name = `pens-of-${writers}`;
  await mkdir(join(folder, name));
  const lines = [...'abcdefg'].slice(0, writers).flatMap(writer =>
    [7, 'k'].map(label =>
      JSON.stringify({
        label,
        writer,
        strokes: [
          [
            [0.3, 0.3],
            [0.6, 0.3],
            [0.4, 0.8],
          ],
        ],
      }),
    ),
  );
  await writeFile(join(folder, name, `${name}.jsonl`), lines.join('\n'));
  return join(folder, name);
}

test('strokes and pictures add drawings by held-out writers, styles and outliers', async t => {
  const folder = await emptyFolder(t);
  const model = await modelIn(folder, [784, 7, 10]);
  const args = ['--model', model, '--data', await dataIn(folder)];
  const strokes = [
    '--strokes',
    await strokesIn(folder, 5),
    '--strokes',
    await strokesIn(folder, 4),
    ...['--pictures', join(folder, 'bitmaps')],
  ];
  await writePictures(join(folder, 'bitmaps'), 20);
  const report = ['--report', join(folder, 'report')];
  const { stdout, stderr, code } = await callCommand(
    evaluateCommand,
    ...args,
    ...strokes,
    ...report,
    '--json',
  );
  t.is(code, 0);
  t.regex(stderr, /^pens-of-4 has fewer than five writers: none of them is held out\.\n/);
  t.regex(stderr, /\n {2}pens-of-5, app’s brush +1 +1 /);
  t.regex(stderr, /\n {2}all 6 together +7 /);
  t.regex(stderr, /\nOutliers +Pictures +Writers +Refused +AUC confidence /);
  const { data, groups, refusal, worst } = JSON.parse(stdout);
  t.deepEqual(Object.keys(data.strokes), ['pens-of-5.jsonl', 'pens-of-4.jsonl']);
  t.is(Object.keys(data.pictures)[0], 'bitmaps/train-images-idx3-ubyte');
  const styles = styleFamilies.length;
  t.like(groups, [
    { group: 'drawings', sets: 6, count: 7 },
    { group: 'styles', sets: styles, count: 300 * styles },
  ]);
  t.is(refusal.digits, 12 + 300 * styles, 'five test images, five drawings, two pictures');
  t.is(refusal.sets.length, 3);
  t.is(worst.length, 2 + 6 + styles + 3);
  const page = await readFile(join(folder, 'report', 'report.html'), 'utf8');
  t.regex(page, /<h2>Outliers<\/h2>/);
  t.regex(page, /<h3>pens-of-5, app’s brush<\/h3>/);
});
