// The completion of bash, from version 3.2 on, which macOS has. Where a file is expected the function
// completes nothing, and bash completes files itself, with the right quotes.

import type { DescribedCommand, Value } from './described-command.ts';

/** @param app the program without a command @returns a script that bash reads */
export function bashCompletion(
  app: DescribedCommand,
  commands: readonly DescribedCommand[],
): string {
  return `# Completion of digits for bash.
_digits() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="" words="" kind=words
  COMPREPLY=()
  # bash splits --option=value into three words.
  if [[ $cur == "=" ]]; then cur=""
  elif [[ $prev == "=" ]]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  if (( COMP_CWORD > 1 )) && [[ "\${COMP_WORDS[1]}" != -* ]]; then command="\${COMP_WORDS[1]}"; fi
  # The value of an option may be left out.
  if [[ $cur == -* ]]; then prev=""; fi
  case "$command:$prev" in
${[app, ...commands].flatMap(valueCases).join('\n')}
  *)
    case "$command" in
${[app, ...commands].map(optionsCase).join('\n')}
    esac
    if [[ $cur != -* ]]; then
      case "$command" in
      "") if (( COMP_CWORD == 1 )); then words="${commands.map(({ name }) => name).join(' ')}"; fi ;;
${commands.flatMap(argumentCase).join('\n')}
      esac
    fi
    ;;
  esac
  case $kind in
  file) ;;
  folder) compopt +o bashdefault +o default -o dirnames 2>/dev/null ;;
  *)
    compopt +o bashdefault +o default 2>/dev/null
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    ;;
  esac
}
complete -o bashdefault -o default -F _digits digits
`;
}

/** The cases of a command's options, whose values come after them. */
function valueCases({ name, options }: DescribedCommand): string[] {
  return options.flatMap(({ short, long, value }) => {
    if (value === undefined) return [];
    const flags = [...(short === undefined ? [] : [`-${short}`]), `--${long}`];
    return [`  ${flags.map(flag => `${name}:${flag}`).join('|')}) ${assignmentOf(value)} ;;`];
  });
}

function optionsCase({ name, options }: DescribedCommand): string {
  const words = options.map(({ long }) => `--${long}`);
  return `    "${name}") ${assignmentOf({ type: 'words', words })} ;;`;
}

function argumentCase({ name, argument }: DescribedCommand): string[] {
  return argument === undefined ? [] : [`      ${name}) ${assignmentOf(argument)} ;;`];
}

function assignmentOf(value: Value): string {
  return value.type === 'words' ? `words="${value.words.join(' ')}"` : `kind=${value.type}`;
}
