// The doctor: examines the terminal, tmux, the service and the user's files, and prints a diagnosis.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Installation } from '../../installation.ts';
import { readCapabilities, refine } from '../../terminal/capabilities.ts';
import { answersQueries } from '../../terminal/control-sequences.ts';
import { printableJson } from '../../untrusted-text.ts';
import { exitWhenOutputEnds } from '../output-end.ts';
import { adviceFor, type Diagnosis } from './diagnosis.ts';
import { findPlaces } from './places.ts';
import { queryTerminal } from './query-terminal.ts';
import { reportText } from './report.ts';
import { checkService } from './service-check.ts';

interface DoctorOptions {
  readonly apiUrl: string | undefined;
  readonly apiKey: string | undefined;
  readonly isAscii: boolean;
  readonly isScreenReader: boolean;
  readonly isJson: boolean;
}

export async function runDoctor(
  options: DoctorOptions,
  { calls, files }: Installation,
): Promise<void> {
  const found = await diagnose(options, { files });
  const text = options.isJson
    ? `${printableJson({ ...found, advice: adviceFor(found, calls) }, 2)}\n`
    : reportText(found, calls);
  exitWhenOutputEnds();
  process.stdout.write(text);
}

async function diagnose(
  options: DoctorOptions,
  installation: Pick<Installation, 'files'>,
): Promise<Diagnosis> {
  const { apiUrl, apiKey, isAscii, isScreenReader } = options;
  const { stdin, stdout, env } = process;
  const isAskable = stdin.isTTY && stdout.isTTY && answersQueries(env['TERM']);
  const fromEnvironment = readCapabilities(env, {
    ascii: isAscii,
    screenReader: isScreenReader,
  });
  const [answers, mouse, service] = await Promise.all([
    isAskable ? queryTerminal({ stdin, stdout }) : [],
    fromEnvironment.multiplexer === 'tmux' ? tmuxMouse() : undefined,
    checkService({ apiUrl, apiKey }),
  ]);
  return {
    node: process.version,
    term: env['TERM'],
    isTerminal: { stdin: stdin.isTTY === true, stdout: stdout.isTTY === true },
    window: stdout.isTTY ? { columns: stdout.columns, rows: stdout.rows } : undefined,
    hasAnswered: answers.length > 0,
    capabilities: refine(fromEnvironment, answers),
    tmuxMouse: mouse,
    service,
    places: findPlaces(installation),
  };
}

const tmuxTimeoutMs = 1000;

/** @returns whether tmux passes the mouse on; undefined if it cannot be asked */
export async function tmuxMouse(command = 'tmux'): Promise<'on' | 'off' | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, ['show-options', '-Av', 'mouse'], {
      timeout: tmuxTimeoutMs,
    });
    const value = stdout.trim();
    return value === 'on' || value === 'off' ? value : undefined;
  } catch {
    // There is no tmux in the path, or no server.
    return undefined;
  }
}
