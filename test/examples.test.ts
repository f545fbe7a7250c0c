// Every example runs as a user starts it, and learns what its text says, at least this well.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test from 'ava';
import { trackedFiles } from './tracked-files.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** A figure that an example prints, and its bounds. */
interface Floor {
  readonly figure: RegExp;
  readonly min: number;
  readonly max?: number;
}

/** By the name of the example. The line to learn is 0.8 · x − 0.3. */
const floors: Readonly<Record<string, readonly Floor[]>> = {
  'one-neuron': [
    { figure: /weight (\S+),/, min: 0.7, max: 0.9 },
    { figure: /bias (\S+)$/m, min: -0.4, max: -0.2 },
  ],
  'two-moons': [{ figure: /right, (\S+) %/, min: 99 }],
  'digit-classifier': [{ figure: /right, (\S+) %/, min: 97.5 }],
  'predict-png': [{ figure: /reads 3 with (\S+) %: accepted/, min: 90 }],
  correction: [
    { figure: /read as (\d),/, min: 7, max: 7 },
    { figure: /then as (\d)$/m, min: 1, max: 1 },
    { figure: /before, (\S+) % after/, min: 93.5 },
  ],
};

/** For a machine that is busy with something else; the longest takes four seconds of one core. */
const maxRunMs = 600_000;

/** Examples whose output is the same on every processor. */
const exact = new Set(['one-neuron', 'two-moons']);
const readme = readFileSync(join(root, 'examples/README.md'), 'utf8');

test('every example is listed here, and has at most 60 lines', t => {
  const paths = trackedFiles('examples/*.ts');
  t.deepEqual(
    paths,
    Object.keys(floors)
      .map(name => `examples/${name}.ts`)
      .toSorted(),
  );
  const lengths = paths.map(path => readFileSync(join(root, path), 'utf8').split('\n').length - 1);
  t.true(
    lengths.every(length => length <= 60),
    `${lengths}`,
  );
});

for (const [name, figures] of Object.entries(floors)) {
  test(`examples/${name}.ts learns what it says, and prints no colours where NO_COLOR is set`, async t => {
    t.timeout(maxRunMs);
    const { stdout } = await promisify(execFile)(process.execPath, [`examples/${name}.ts`], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    t.false(stdout.includes('\x1b'));
    if (exact.has(name)) t.true(readme.includes(stdout), 'README.md shows another output');
    for (const { figure, min, max = 100 } of figures) {
      const value = Number(figure.exec(stdout)?.[1]);
      t.true(value >= min && value <= max, `${figure} is ${value}:\n${stdout}`);
    }
  });
}
