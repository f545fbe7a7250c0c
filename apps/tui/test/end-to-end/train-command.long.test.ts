// nx run nn:train in a terminal, which Nx and the command share: what is seen last.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrainingConfiguration } from '@digits/protocol';
import test from 'ava';
import { temporaryFolder } from '../temporary-folder.ts';
import { openFor } from './support/terminal-session.ts';

const nx = fileURLToPath(import.meta.resolve('nx/bin/nx.js'));

/** With CI, even an empty one, Node counts no colours unless they are forced, and then lines are printed. */
const terminal = { NX_DAEMON: 'false', CI: '', FORCE_COLOR: '3' };

/** A short first epoch, and more epochs than the test waits for. */
const configuration: TrainingConfiguration = {
  layerSizes: [784, 16, 10],
  phases: [{ batchSize: 64, epochs: 10_000, learningRate: 0.01, schedule: { type: 'constant' } }],
  recipe: { restroked: 0, synthetic: 0, degraded: 0, recorded: 0, pictures: 0, outliers: 0 },
  maxImages: 2000,
};

test('a training is shown as a screen, whose keys pause it and stop it with a checkpoint', async t => {
  const folder = temporaryFolder(t);
  const config = join(folder, 'long.json');
  writeFileSync(config, JSON.stringify(configuration));
  const options = ['--profile', 'quick', '--config', config, '--out', folder];
  const session = openFor(t, {
    ...{ bundle: nx, args: ['run', 'nn:train', ...options], columns: 200 },
    env: terminal,
  });
  const has = (text: string) => (lines: readonly string[]) =>
    lines.some(line => line.includes(text));
  await session.until('the first epoch', has('Mistakes that remain: '));
  session.send('p');
  await session.until('the pause', has('paused'));
  session.send('ps');
  t.is(await session.exited(), 130);
  t.true(session.isLineRestored());
  const lines = session.screen.lines().filter(line => line.trim() !== '');
  t.true(lines.some(line => /^ {2}epoch {2}1\/\d+ {2}loss /.test(line)));
  t.regex(lines.at(-1) ?? '', /^ {2}npx nx run nn:train .+ --resume$/);
});

test('Ctrl+C on a training ends with how to continue it, and exit code 130', async t => {
  const options = ['--profile', 'quick', '--out', temporaryFolder(t)];
  const session = openFor(t, {
    ...{ bundle: nx, args: ['run', 'nn:train', '--plain', ...options], columns: 200 },
    env: terminal,
  });
  const { screen } = session;
  await session.until('the training', lines => lines.some(line => line.startsWith('Phase 1')));
  session.send('\u{3}');
  t.is(await session.exited(), 130);
  const lines = screen.lines().filter(line => line.trim() !== '');
  t.regex(lines.at(-1) ?? '', /^ {2}npx nx run nn:train .+ --resume$/);
});
