// nn:train as a process: what a person sees who mistypes, or who changes their mind.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const command = fileURLToPath(new URL('../../cli/train.ts', import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>(resolve => child.once('close', resolve));
  return { child, exit };
}

async function run(...args: string[]) {
  const { child, exit } = start(...args);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { stdout, stderr, code };
}

test('--help lists the options and exits with 0', async t => {
  const { stdout, code } = await run('--help');
  t.is(code, 0);
  for (const option of ['--profile', '--seed', '--out', '--json']) t.true(stdout.includes(option));
});

for (const [args, expected] of [
  [['--seed', 'abc'], /whole number/],
  [['--seed', '-1'], /whole number/],
  [['--seed', '4294967296'], /whole number/],
  [['--profile', 'huge'], /Allowed choices are standard/],
  [['--speed', '9'], /unknown option '--speed'/],
  [['extra'], /too many arguments/],
] as const) {
  test(`${args.join(' ')} is refused with a hint and exit code 2`, async t => {
    const { stdout, stderr, code } = await run(...args);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, expected);
    t.regex(stderr, /nx run nn:train --help/);
  });
}

test('an output folder that cannot be is refused before anything is trained', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'train-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'file'), '');
  const { stdout, stderr, code } = await run('--out', join(folder, 'file', 'models'));
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /^error write-failed: .*--out/);
});

test('an interruption leaves no file behind and exits with 130', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'train-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const { child, exit } = start('--json', '--out', folder);
  const complaint = text(child.stderr);
  for await (const line of child.stdout) {
    if (String(line).includes('"batch"')) child.kill('SIGINT');
  }
  t.is(await exit, 130);
  t.regex(await complaint, /Interrupted: nothing was written/);
  t.deepEqual(await readdir(folder), []);
});
