// The completion of fish: a line for each command and each option.

import type { DescribedCommand, DescribedOption, Value } from './described-command.ts';

/** @param app the program without a command @returns a script that fish reads */
export function fishCompletion(
  app: DescribedCommand,
  commands: readonly DescribedCommand[],
): string {
  return [
    '# Completion of digits for fish.',
    'complete -c digits -f',
    ...commands.map(({ name, summary }) =>
      lineOf('__fish_use_subcommand', `-a ${name} -d ${quote(summary)}`),
    ),
    ...app.options.map(option => lineOf('__fish_use_subcommand', describe(option))),
    ...commands.flatMap(linesOf),
    '',
  ].join('\n');
}

function linesOf({ name, options, argument }: DescribedCommand): string[] {
  const isCalled = `__fish_seen_subcommand_from ${name}`;
  return [
    ...options.map(option => lineOf(isCalled, describe(option))),
    ...(argument === undefined ? [] : [lineOf(isCalled, completionOf(argument))]),
  ];
}

function lineOf(condition: string, rest: string): string {
  return `complete -c digits -n ${quote(condition)} ${rest}`;
}

function describe({ short, long, description, value, isValueOptional }: DescribedOption): string {
  const takesValue = value !== undefined && !isValueOptional;
  return [
    ...(short === undefined ? [] : [`-s ${short}`]),
    `-l ${long}`,
    ...(takesValue ? ['-r'] : []),
    ...(value === undefined ? [] : [completionOf(value)]),
    `-d ${quote(description)}`,
  ].join(' ');
}

function completionOf(value: Value): string {
  switch (value.type) {
    case 'words':
      return `-f -a ${quote(value.words.join(' '))}`;
    case 'file':
      return '-F';
    case 'folder':
      return `-f -a ${quote('(__fish_complete_directories)')}`;
    case 'other':
      return '-f';
  }
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
