// The program: reads the command line, makes sure that there is a terminal, and runs the app.
// It is bundled to dist/main.js, which stands as deep as this file: ../../api leads to the service
// from both.

import { fileURLToPath } from 'node:url';
import { readCommandLine, USAGE_EXIT_CODE } from './command-line.ts';
import { runApp } from './run-app.tsx';

const commandLine = readCommandLine(process.argv.slice(2));

if (process.stdin.isTTY && process.stdout.isTTY) {
  const embeddedEntry = fileURLToPath(new URL('../../api/src/main.ts', import.meta.url));
  runApp({ ...commandLine, embeddedEntry });
} else {
  process.stderr.write('digits draws in a terminal: run it with stdin and stdout on one.\n');
  process.exitCode = USAGE_EXIT_CODE;
}
