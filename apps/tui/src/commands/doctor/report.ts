// The doctor's report in plain lines: what the terminal can do, what the app will use, what to change.

import { adviceFor, type Diagnosis } from './diagnosis.ts';

type Line = readonly [what: string, found: string];

export function reportText(found: Diagnosis): string {
  const lines: readonly Line[] = [...terminalLines(found), ...usedLines(found)];
  const width = Math.max(...lines.map(([what]) => what.length));
  const advice = adviceFor(found);
  return [
    ...lines.map(([what, value]) => `${what.padEnd(width)}  ${value}`),
    '',
    ...(advice.length === 0
      ? ['Nothing to change.']
      : ['To change:', ...advice.map(each => `- ${each}`)]),
    '',
  ].join('\n');
}

function terminalLines(found: Diagnosis): Line[] {
  const { capabilities, window, isTerminal, term } = found;
  const { multiplexer } = capabilities;
  const answered = (isConfirmed: boolean) =>
    isConfirmed ? 'yes' : found.hasAnswered ? 'no' : 'unknown: the terminal does not answer';
  return [
    ['Node', found.node],
    [
      'Terminal',
      `${term ?? 'unknown'}${multiplexer === undefined ? '' : `, inside ${multiplexer}`}`,
    ],
    ['Input and output', isTerminal.stdin && isTerminal.stdout ? 'a terminal' : 'no terminal'],
    ['Window', window === undefined ? 'unknown' : `${window.columns}×${window.rows}`],
    ['Colours', colourWords[`${capabilities.colours}`] ?? ''],
    ['UTF-8', capabilities.unicode ? 'yes' : 'no'],
    ['Background', capabilities.theme],
    ['Mouse in pixels', answered(capabilities.pixelMouse)],
    ['Synchronized output', answered(capabilities.synchronizedOutput)],
    ...(found.tmuxMouse === undefined ? [] : [['tmux mouse', found.tmuxMouse] as const]),
    ['Screen reader', capabilities.isScreenReader ? 'yes' : 'no'],
  ];
}

const colourWords: Readonly<Record<string, string>> = {
  none: 'none',
  16: '16',
  256: '256',
  full: '24-bit',
};

function usedLines({ capabilities, tmuxMouse, service }: Diagnosis): Line[] {
  const { colours, unicode, pixelMouse } = capabilities;
  const ink = !unicode
    ? 'letters'
    : colours === 'none'
      ? 'shades'
      : 'half blocks or pairs of cells';
  const pointer = pixelMouse ? 'pixels' : 'cells';
  return [
    ['Uses for ink', `${ink}${colours === 'none' ? ', no colour' : ''}`],
    [
      'Uses for the pen',
      tmuxMouse === 'off' ? 'the keys' : `the mouse in ${pointer}, and the keys`,
    ],
    ['Uses for answers', serviceWords(service)],
  ];
}

function serviceWords({ url, model, problem, isGiven }: Diagnosis['service']): string {
  if (model !== undefined) return `the service at ${url}, model ${model}`;
  if (isGiven) return `${url}, which does not answer: ${problem ?? ''}`;
  return 'a service of its own, started with the app';
}
