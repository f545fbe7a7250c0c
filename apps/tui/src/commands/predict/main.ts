// The program behind `npm run predict` and `digits predict`.

import { fstatSync } from 'node:fs';
import { isAppError } from '../../app-error.ts';
import { defaultApiUrl, usageExitCode } from '../../command-line.ts';
import type { Installation } from '../../installation.ts';
import type { Programs } from '../../programs.ts';
import { exitWhenOutputEnds } from '../output-end.ts';
import { type PredictCommandLine, readPredictCommandLine } from './command-line.ts';
import { nothingSkipped } from './picture-folder.ts';
import { pictureSources, stdinName } from './picture-source.ts';
import { createPredictClient } from './predict-client.ts';
import { prepareStepsFolder, withSteps } from './preprocessing-steps.ts';
import { runPredict } from './run-predict.ts';

/** As of every command for an error with a code. */
const failedExitCode = 2;

/** Classifies the pictures that the arguments name, and sets the exit code. */
export async function main(args: readonly string[], installation: Installation): Promise<void> {
  const { stdin, stdout, stderr } = process;
  const commandLine = readPredictCommandLine(args, installation);
  if (commandLine.paths.length === 0 && stdin.isTTY) {
    stderr.write('Name the pictures to read, or pipe one in. See --help.\n');
    process.exit(usageExitCode);
  }
  exitWhenOutputEnds();
  process.exitCode = await predictPictures(commandLine, {
    stdin: bytesOf(stdin),
    stderr,
    write: text => new Promise(resolve => stdout.write(text, () => resolve())),
    apiKey: process.env['DIGITS_API_KEY'],
    programs: installation.programs,
  });
}

/** Node's own stream of a folder ends without bytes and without an error. */
async function* bytesOf(stdin: typeof process.stdin): AsyncGenerator<Uint8Array> {
  if (fstatSync(stdin.fd).isDirectory()) {
    throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  }
  yield* stdin;
}

export interface PredictEnvironment {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  /** Writes to stdout and settles when it is written. */
  readonly write: (text: string) => Promise<void>;
  readonly apiKey: string | undefined;
  readonly programs: Pick<Programs, 'findService' | 'preprocessingSteps'>;
}

/** Connects to the service and classifies all pictures. @returns the exit code */
export async function predictPictures(
  commandLine: PredictCommandLine,
  environment: PredictEnvironment,
): Promise<number> {
  const { stdin, stderr, write, apiKey, programs } = environment;
  const { apiUrl, stepsFolder, isRecursive } = commandLine;
  const paths = commandLine.paths.length === 0 ? [stdinName] : commandLine.paths;
  const skipped = nothingSkipped();
  const named = await pictureSources({ paths, stdin, isRecursive, skipped });
  if (stepsFolder !== undefined && named.length !== 1) {
    stderr.write('--steps takes exactly one picture.\n');
    return usageExitCode;
  }
  const problem = stepsFolder && (await prepareStepsFolder(stepsFolder));
  if (problem) {
    stderr.write(`--steps ${stepsFolder}: ${problem}\n`);
    return failedExitCode;
  }
  const sources = named.map(source =>
    stepsFolder === undefined
      ? source
      : withSteps(source, stepsFolder, programs.preprocessingSteps),
  );
  const client = createPredictClient({
    apiUrl: apiUrl ?? defaultApiUrl,
    isChosen: apiUrl !== undefined,
    apiKey,
    findService: programs.findService,
  });
  try {
    await client.open();
    return await runPredict({ ...commandLine, sources, skipped, client, write, stderr });
  } catch (error) {
    if (!isAppError(error, 'service')) throw error;
    stderr.write(`${error.message}\n`);
    return failedExitCode;
  } finally {
    await client.close();
  }
}
