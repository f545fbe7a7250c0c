// The doctor's diagnosis as a value: the document of --json, and the source of the report.

import type { Calls } from '../../installation.ts';
import type { Capabilities } from '../../state/terminal.ts';
import { minWindowSize } from '../../view/layout.ts';
import type { Place } from './places.ts';
import type { ServiceCheck } from './service-check.ts';

export interface Diagnosis {
  readonly node: string;
  readonly term: string | undefined;
  readonly isTerminal: { readonly stdin: boolean; readonly stdout: boolean };
  readonly window: { readonly columns: number; readonly rows: number } | undefined;
  /** Whether the terminal responded to the queries. */
  readonly hasAnswered: boolean;
  readonly capabilities: Capabilities;
  /** Whether tmux passes the mouse on. */
  readonly tmuxMouse: 'on' | 'off' | undefined;
  readonly service: ServiceCheck;
  readonly places: readonly Place[];
}

/** @returns what to change, one sentence each, the most important first */
export function adviceFor(found: Diagnosis, { predict }: Pick<Calls, 'predict'>): string[] {
  const { capabilities, window, isTerminal, service } = found;
  const { colours, unicode, multiplexer } = capabilities;
  const advice: string[] = [];
  if (!isTerminal.stdin || !isTerminal.stdout) {
    advice.push(
      `Run the app with its input and output on a terminal; without one, use ${predict} FILE….`,
    );
  }
  if (window !== undefined && !isLargeEnough(window)) {
    advice.push(`Enlarge the window to at least ${minWindowSize.columns}×${minWindowSize.rows}.`);
  }
  if (found.tmuxMouse === 'off') {
    advice.push('tmux does not pass the mouse on: run tmux set -g mouse on. The keys draw too.');
  }
  if (multiplexer === 'screen') {
    advice.push('screen may not pass the mouse on: draw with the keys, or use tmux.');
  }
  if (colours === 'none') {
    advice.push(
      'Without colour, ink is shown as shades: unset NO_COLOR, or set TERM to the name of the terminal.',
    );
  } else if (colours !== 'full') {
    advice.push(
      'If the terminal has 24-bit colour, set COLORTERM=truecolor for all shades of ink.',
    );
  }
  if (!unicode)
    advice.push('Use a UTF-8 locale, such as LANG=C.UTF-8, for blocks instead of letters.');
  if (service.model !== undefined && service.problem !== undefined) {
    advice.push(
      `The service at ${service.url} refuses drawings: set its ALLOWED_HOSTS to the name in this address, and DIGITS_API_KEY to its key.`,
    );
  } else if (service.problem !== undefined) {
    advice.push(
      service.isGiven
        ? `Start the service at ${service.url}, or unset DIGITS_API to let the app start one.`
        : `Something else answers at ${service.url}: the app will start an embedded service.`,
    );
  }
  for (const { path, problem } of found.places) {
    if (problem !== undefined) advice.push(`${path} cannot be written: ${problem}.`);
  }
  return advice;
}

function isLargeEnough(window: { readonly columns: number; readonly rows: number }): boolean {
  return window.columns >= minWindowSize.columns && window.rows >= minWindowSize.rows;
}
