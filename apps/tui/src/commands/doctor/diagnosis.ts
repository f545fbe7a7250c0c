// What the doctor found, as a value: the JSON document, and what the report is written from.

import type { Capabilities } from '../../state/terminal.ts';
import { minWindowSize } from '../../view/layout.ts';
import type { ServiceCheck } from './service-check.ts';

export interface Diagnosis {
  readonly node: string;
  readonly term: string | undefined;
  readonly isTerminal: { readonly stdin: boolean; readonly stdout: boolean };
  readonly window: { readonly columns: number; readonly rows: number } | undefined;
  /** Whether the terminal answered when it was asked. */
  readonly hasAnswered: boolean;
  readonly capabilities: Capabilities;
  /** Whether tmux hands the mouse on. */
  readonly tmuxMouse: 'on' | 'off' | undefined;
  readonly service: ServiceCheck;
}

/** @returns what to change, a sentence each, the most important first */
export function adviceFor(found: Diagnosis): string[] {
  const { capabilities, window, isTerminal, service } = found;
  const { colours, unicode, multiplexer } = capabilities;
  const advice: string[] = [];
  if (!isTerminal.stdin || !isTerminal.stdout) {
    advice.push(
      'Run the app with its input and its output on a terminal; without one, use npm run predict.',
    );
  }
  if (window !== undefined && !isLargeEnough(window)) {
    advice.push(`Enlarge the window to at least ${minWindowSize.columns}×${minWindowSize.rows}.`);
  }
  if (found.tmuxMouse === 'off') {
    advice.push('tmux keeps the mouse to itself: run tmux set -g mouse on. The keys draw too.');
  }
  if (multiplexer === 'screen') {
    advice.push('screen may not hand the mouse on: draw with the keys, or use tmux.');
  }
  if (colours === 'none') {
    advice.push(
      'Without colour, ink is shown as shades: unset NO_COLOR, or set TERM to what the terminal is.',
    );
  } else if (colours !== 'full') {
    advice.push(
      'For every shade of ink set COLORTERM=truecolor, if the terminal has 24-bit colour.',
    );
  }
  if (!unicode)
    advice.push('For blocks instead of letters use a UTF-8 locale, such as LANG=C.UTF-8.');
  if (service.problem !== undefined) {
    advice.push(
      service.isGiven
        ? `Start the service at ${service.url}, or unset DIGITS_API to have one started.`
        : `Something else answers at ${service.url}: the app will start a service of its own.`,
    );
  }
  return advice;
}

function isLargeEnough(window: { readonly columns: number; readonly rows: number }): boolean {
  return window.columns >= minWindowSize.columns && window.rows >= minWindowSize.rows;
}
