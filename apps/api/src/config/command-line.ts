// The command line: --help and --version only. All configuration is in the environment.

import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { repository, type ServiceInstallation } from './installation.ts';
import type { Variable } from './variable.ts';
import { variables } from './variables.ts';

/** Printed instead of starting the service. */
export interface CommandLineOutput {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

/** @returns undefined where the service should start */
export function readCommandLine(
  args: readonly string[],
  installation = repository,
): CommandLineOutput | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) return { text: usage(installation), exitCode: 0 };
    if (values.version) return { text: installation.version, exitCode: 0 };
    return undefined;
  } catch (error) {
    return { text: `${(error as Error).message}\nSee --help.`, exitCode: 2 };
  }
}

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

/** The tools of the store, see feedback-tools/. */
const toolUsage = ['copy-feedback', 'back-up-feedback'].map(
  name => `       ${repository.call} ${name} [--help]`,
);

function usage({ call, dataFolder }: ServiceInstallation): string {
  const described = { ...variables, dataDir: { ...variables.dataDir, fallbackText: dataFolder } };
  return [
    `Usage: ${call} [--help] [--version]`,
    ...(call === repository.call ? toolUsage : []),
    '',
    `${manifest.description} It is configured by environment variables:`,
    ...Object.values<Variable<unknown>>(described).flatMap(describe),
  ].join('\n');
}

function describe({ name, help, expected, fallbackText }: Variable<unknown>): string[] {
  return ['', `  ${name}`, `      ${help}`, `      Value: ${expected}. Default: ${fallbackText}.`];
}
