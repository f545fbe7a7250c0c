// The completion of zsh: a function for its completion system, to be read by a shell or found in its fpath.

import type { DescribedCommand, DescribedOption, Value } from './described-command.ts';

/** @param app the program without a command @returns a script that zsh reads */
export function zshCompletion(
  app: DescribedCommand,
  commands: readonly DescribedCommand[],
): string {
  return `#compdef digits
# Completion of digits for zsh.
_digits() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe -t commands command commands
    return
  fi
  local command=$words[2]
  if [[ $command == -* ]]; then command=""
  else
    shift words
    (( CURRENT-- ))
  fi
  case $command in
${[app, ...commands].map(commandCase).join('\n')}
  esac
}
if [[ $funcstack[1] == _digits ]]; then _digits "$@"; else compdef _digits digits; fi
`;
}

function commandCase({ name, options, argument }: DescribedCommand): string {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...(argument === undefined ? [] : [`*:argument:${actionOf(argument)}`]),
  ];
  return `    "${name}") _arguments -s ${specs.map(quote).join(' \\\n      ')} ;;`;
}

/** Options may be repeated, because some of them may be. */
function optionSpecs({
  short,
  long,
  description,
  value,
  isValueOptional,
}: DescribedOption): string[] {
  const colon = isValueOptional ? '::' : ':';
  const rest = value === undefined ? '' : `${colon}value:${actionOf(value)}`;
  const text = `[${description.replaceAll(/[[\]:\\]/g, '\\$&')}]${rest}`;
  return [
    ...(short === undefined ? [] : [`*-${short}${text}`]),
    `*--${long}${value === undefined ? '' : '='}${text}`,
  ];
}

function actionOf(value: Value): string {
  switch (value.type) {
    case 'words':
      return `(${value.words.join(' ')})`;
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'other':
      return ' ';
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
