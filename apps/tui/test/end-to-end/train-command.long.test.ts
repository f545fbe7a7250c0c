// nx run nn:train in a terminal, which Nx and the command share: what is seen last.

import { fileURLToPath } from 'node:url';
import test from 'ava';
import { temporaryFolder } from '../temporary-folder.ts';
import { openFor } from './support/terminal-session.ts';

const nx = fileURLToPath(import.meta.resolve('nx/bin/nx.js'));

test('Ctrl+C on a training ends with how to continue it, and exit code 130', async t => {
  const options = ['--profile', 'quick', '--out', temporaryFolder(t)];
  const session = openFor(t, {
    ...{ bundle: nx, args: ['run', 'nn:train', ...options], columns: 200 },
    env: { NX_DAEMON: 'false', CI: '' },
  });
  const { screen } = session;
  await session.until('the training', lines => lines.some(line => line.startsWith('Phase 1')));
  session.send('\u{3}');
  t.is(await session.exited(), 130);
  const lines = screen.lines().filter(line => line.trim() !== '');
  t.regex(lines.at(-1) ?? '', /^ {2}npx nx run nn:train .+ --resume$/);
});
