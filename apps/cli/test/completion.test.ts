// The completion of the shells: that of bash is run, those of zsh and fish are read.

import { spawnSync } from 'node:child_process';
import test from 'ava';
import { createAppCommand } from '../../tui/src/command-line.ts';
import { commands } from '../src/commands.ts';
import { bashCompletion } from '../src/completion/bash.ts';
import { describeCommand, describeCommands } from '../src/completion/described-command.ts';
import { fishCompletion } from '../src/completion/fish.ts';
import { zshCompletion } from '../src/completion/zsh.ts';
import { appInstallation } from '../src/installation.ts';

const app = describeCommand('', '', createAppCommand(appInstallation()));
const described = await describeCommands(commands);

const script = bashCompletion(app, described);

/** @returns for each list of words what bash completes of the last one */
function completeInBash(lines: readonly (readonly string[])[]): string[][] {
  const quote = (word: string) => `'${word}'`;
  const calls = lines.map(
    words =>
      `COMP_WORDS=(${words.map(quote).join(' ')}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); ` +
      `_digits; echo "\${COMPREPLY[*]}"`,
  );
  const { stdout, stderr, status } = spawnSync('bash', ['--norc'], {
    input: [script, ...calls].join('\n'),
    encoding: 'utf8',
  });
  if (status !== 0 || stderr !== '') throw new Error(`bash: ${stderr}`);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map(line => line.split(' ').filter(word => word !== ''));
}

test('bash completes commands, options, and the values that can be chosen', t => {
  const cases: readonly (readonly [words: readonly string[], completed: readonly string[]])[] = [
    [['digits', ''], commands.map(({ name }) => name)],
    [['digits', 'pro'], ['promote']],
    [['digits', '--the'], ['--theme']],
    [
      ['digits', '--theme', ''],
      ['auto', 'light', 'dark'],
    ],
    [['digits', 'train', '--profile', 'q'], ['quick']],
    [['digits', 'train', '--profile', '=', 'ch'], ['champion']],
    [
      ['digits', 'train', '--profile', '='],
      ['quick', 'standard', 'champion'],
    ],
    [['digits', 'predict', '--re'], ['--recursive']],
    [
      ['digits', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    // An optional value may be left out.
    [['digits', 'train', '--feedback', '--dry'], ['--dry-run']],
    // Files are left to bash itself, and a number cannot be completed.
    [['digits', 'predict', ''], []],
    [['digits', 'train', '--seed', ''], []],
    [['digits', 'unknown', ''], []],
  ];
  t.deepEqual(
    completeInBash(cases.map(([words]) => words)),
    cases.map(([, completed]) => [...completed]),
  );
});

test('after an option of the app no command is completed', t => {
  const [completed = []] = completeInBash([['digits', '--ascii', '']]);
  t.true(completed.includes('--theme'));
  t.false(completed.includes('train'));
});

test('each command and each option of each command is in every script', t => {
  const [zsh, fish] = [zshCompletion(app, described), fishCompletion(app, described)];
  t.true(described.length > 5);
  for (const { name, options } of described) {
    t.true(
      options.some(({ long }) => long === 'help'),
      name,
    );
    const [, ofZsh = ''] = zsh.split(`"${name}") _arguments `);
    for (const { long } of options) {
      t.regex(ofZsh.split(' ;;\n')[0]!, new RegExp(`'\\*--${long}[=[]`), `${name} --${long}`);
      t.regex(fish, new RegExp(`_from ${name}' (-s \\w )?-l ${long} `), `${name} --${long}`);
      t.regex(script, new RegExp(`"${name}"\\) words="[^"]*--${long}\\b`), `${name} --${long}`);
    }
  }
});

test('quotes, brackets and colons in a description do not end it', t => {
  const option = {
    ...{ short: 'x', long: 'xx', value: undefined, isValueOptional: false },
    description: "the user's [own]: all",
  };
  const command = { name: 'some', summary: "it's some", options: [option], argument: undefined };
  t.true(zshCompletion(app, [command]).includes("'*--xx[the user'\\''s \\[own\\]\\: all]'"));
  t.true(zshCompletion(app, [command]).includes("'some:it'\\''s some'"));
  t.true(fishCompletion(app, [command]).includes("-d 'the user\\'s [own]: all'"));
});
