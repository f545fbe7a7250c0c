// The doctor's report as text: the terminal's capabilities, what the app uses of them, the user's files, and
// advice.

import type { Calls } from '../../installation.ts';
import { isPlain } from '../../terminal/plain-output.ts';
import { printable } from '../../untrusted-text.ts';
import { toAscii } from '../../view/display-style.ts';
import { adviceFor, type Diagnosis } from './diagnosis.ts';
import type { Place } from './places.ts';

/** The variable TERM may come from another machine. */
const maxTermCharacters = 80;

/** As of Linux. */
const maxPathCharacters = 4096;

type Line = readonly [what: string, found: string];

export function reportText(found: Diagnosis, calls: Pick<Calls, 'predict'>): string {
  const lines: readonly Line[] = [
    ...terminalLines(found),
    ...usageLines(found),
    ...found.places.map(placeLine),
  ];
  const width = Math.max(...lines.map(([what]) => what.length));
  const advice = adviceFor(found, calls);
  const text = [
    ...lines.map(([what, value]) => `${what.padEnd(width)}  ${value}`),
    '',
    ...(advice.length === 0
      ? ['Nothing to change.']
      : ['To change:', ...advice.map(each => `- ${each}`)]),
    '',
  ].join('\n');
  return found.capabilities.unicode ? text : toAscii(text);
}

function terminalLines(found: Diagnosis): Line[] {
  const { capabilities, window, isTerminal, term } = found;
  const { multiplexer } = capabilities;
  const confirmed = (isConfirmed: boolean) =>
    isConfirmed ? 'yes' : found.hasAnswered ? 'no' : 'unknown: the terminal does not respond';
  return [
    ['Node', found.node],
    [
      'Terminal',
      `${printable(term ?? 'unknown', maxTermCharacters)}${multiplexer === undefined ? '' : `, inside ${multiplexer}`}`,
    ],
    ['Input and output', isTerminal.stdin && isTerminal.stdout ? 'a terminal' : 'not a terminal'],
    ['Window', window === undefined ? 'unknown' : `${window.columns}×${window.rows}`],
    ['Colours', colourNames[`${capabilities.colours}`] ?? ''],
    ['UTF-8', capabilities.unicode ? 'yes' : 'no'],
    ['Background', capabilities.theme],
    ['Mouse in pixels', confirmed(capabilities.pixelMouse)],
    ['Synchronized output', confirmed(capabilities.synchronizedOutput)],
    ...(found.tmuxMouse === undefined ? [] : [['tmux mouse', found.tmuxMouse] as const]),
    ['Screen reader', capabilities.isScreenReader ? 'yes' : 'no'],
  ];
}

const colourNames: Readonly<Record<string, string>> = {
  none: 'none',
  16: '16',
  256: '256',
  full: '24-bit',
};

function usageLines({ capabilities, term, tmuxMouse, service }: Diagnosis): Line[] {
  const { colours, unicode, pixelMouse, isScreenReader } = capabilities;
  const ink = !unicode
    ? 'letters'
    : colours === 'none'
      ? 'shades'
      : 'half blocks or pairs of cells';
  const pointer = pixelMouse ? 'pixels' : 'cells';
  return [
    isScreenReader
      ? ['Screen', 'sentences instead of a picture']
      : ['Ink', `${ink}${colours === 'none' ? ', no colour' : ''}`],
    [
      'Pen',
      tmuxMouse === 'off' || isPlain(term) ? 'the keys' : `the mouse in ${pointer}, and the keys`,
    ],
    ['Service', serviceText(service)],
  ];
}

function placeLine({ name, path, exists, champion }: Place): Line {
  const note =
    champion !== undefined ? `, champion ${champion}` : exists ? '' : ', not created yet';
  return [name, `${printable(path, maxPathCharacters)}${note}`];
}

function serviceText({ url, model, problem, isGiven }: Diagnosis['service']): string {
  if (model !== undefined) {
    const refusal = problem === undefined ? '' : `, which refuses drawings: ${problem}`;
    return `the service at ${url}, model ${model}${refusal}`;
  }
  if (isGiven) return `${url}, which does not answer: ${problem ?? ''}`;
  return 'an embedded service, started with the app';
}
