// The command line: --help and --version only. All configuration is in the environment.

import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import type { Variable } from './variable.ts';
import { variables } from './variables.ts';

/** Printed instead of starting the service. */
export interface CommandLineOutput {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

/** @returns undefined where the service should start */
export function readCommandLine(args: readonly string[]): CommandLineOutput | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) return { text: usage(), exitCode: 0 };
    if (values.version) return { text: manifest.version, exitCode: 0 };
    return undefined;
  } catch (error) {
    return { text: `${(error as Error).message}\nSee --help.`, exitCode: 2 };
  }
}

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

function usage(): string {
  return [
    'Usage: node main.js [--help] [--version]',
    '',
    `${manifest.description} It is configured by environment variables:`,
    ...Object.values<Variable<unknown>>(variables).flatMap(describe),
  ].join('\n');
}

function describe({ name, help, expected, fallbackText }: Variable<unknown>): string[] {
  return ['', `  ${name}`, `      ${help}`, `      Value: ${expected}. Default: ${fallbackText}.`];
}
