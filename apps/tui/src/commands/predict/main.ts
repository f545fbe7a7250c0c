// The program behind `npm run predict`.

import { fileURLToPath } from 'node:url';
import { isAppError } from '../../app-error.ts';
import { defaultApiUrl, usageExitCode } from '../../command-line.ts';
import { embeddedEntry } from '../../service/embedded-entry.ts';
import { type PredictCommandLine, readPredictCommandLine } from './command-line.ts';
import { pictureSources, stdinName } from './picture-source.ts';
import { createPredictClient } from './predict-client.ts';
import { runPredict } from './run-predict.ts';

/** As after SIGPIPE: the reader of stdout has closed it. */
const pipeClosedExitCode = 141;

const failedExitCode = 1;

/** @param root the workspace, whose service is started if none is running */
export async function main(root: URL): Promise<void> {
  const { stdin, stdout, stderr } = process;
  const commandLine = readPredictCommandLine(process.argv.slice(2));
  if (commandLine.paths.length === 0 && stdin.isTTY) {
    stderr.write('Name the pictures to read, or pipe one in. See --help.\n');
    process.exit(usageExitCode);
  }
  stdout.on('error', () => process.exit(pipeClosedExitCode));
  process.exitCode = await predictPictures(commandLine, {
    stdin,
    stderr,
    write: text => new Promise(resolve => stdout.write(text, () => resolve())),
    apiKey: process.env['DIGITS_API_KEY'],
    embeddedEntry: embeddedEntry(fileURLToPath(root)),
  });
}

export interface PredictEnvironment {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  /** Writes to stdout and settles when it is written. */
  readonly write: (text: string) => Promise<void>;
  readonly apiKey: string | undefined;
  readonly embeddedEntry: string;
}

/** Connects to the service and classifies all pictures. @returns the exit code */
export async function predictPictures(
  commandLine: PredictCommandLine,
  { stdin, stderr, write, apiKey, embeddedEntry: entry }: PredictEnvironment,
): Promise<number> {
  const { apiUrl, paths } = commandLine;
  const sources = await pictureSources(paths.length === 0 ? [stdinName] : paths, stdin);
  const client = createPredictClient({
    apiUrl: apiUrl ?? defaultApiUrl,
    isChosen: apiUrl !== undefined,
    apiKey,
    embeddedEntry: entry,
  });
  try {
    await client.open();
    return await runPredict({ ...commandLine, sources, client, write, stderr });
  } catch (error) {
    if (!isAppError(error, 'service')) throw error;
    stderr.write(`${error.message}\n`);
    return failedExitCode;
  } finally {
    await client.close();
  }
}
