// The program behind `npm run predict`.

import { fileURLToPath } from 'node:url';
import { isAppError } from '../../app-error.ts';
import { defaultApiUrl, usageExitCode } from '../../command-line.ts';
import { embeddedEntry } from '../../service/embedded-entry.ts';
import { readPredictCommandLine } from './command-line.ts';
import { pictureSources, stdinName } from './picture-source.ts';
import { createPredictClient } from './predict-client.ts';
import { runPredict } from './run-predict.ts';

/** As after SIGPIPE: whoever read our output has had enough. */
const pipeClosedExitCode = 141;

const failedExitCode = 1;

/** @param root the workspace, whose service is started where none answers */
export async function main(root: URL): Promise<void> {
  const { stdin, stdout, stderr } = process;
  const commandLine = readPredictCommandLine(process.argv.slice(2));
  const { paths } = commandLine;
  if (paths.length === 0 && stdin.isTTY) {
    stderr.write('Name the pictures to read, or pipe one in. Run it with --help for more.\n');
    process.exit(usageExitCode);
  }
  stdout.on('error', () => process.exit(pipeClosedExitCode));
  const sources = await pictureSources(paths.length === 0 ? [stdinName] : paths, stdin);
  const asker = createPredictClient({
    apiUrl: commandLine.apiUrl ?? defaultApiUrl,
    isChosen: commandLine.apiUrl !== undefined,
    apiKey: process.env['DIGITS_API_KEY'],
    embeddedEntry: embeddedEntry(fileURLToPath(root)),
  });
  process.exitCode = await asker.open().then(
    () => runPredict({ ...commandLine, sources, client: asker, write: writeTo(stdout), stderr }),
    (error: unknown) => {
      if (!isAppError(error, 'service')) throw error;
      stderr.write(`${error.message}\n`);
      return failedExitCode;
    },
  );
  await asker.close();
}

function writeTo(stdout: NodeJS.WriteStream): (text: string) => Promise<void> {
  return text => new Promise(resolve => stdout.write(text, () => resolve()));
}
