// Prints what publint and are-the-types-wrong find in the packed library; nothing if it is in order. A program of
// its own, because the older compiler that it loads takes 200 MB.

import { readFile } from 'node:fs/promises';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** The modes of CommonJS, and of TypeScript without `exports`, which a package of ES modules does not support. */
const withoutModules = ['node10', 'node16-cjs'];

const print = line => process.stdout.write(`${line}\n`);

const bytes = new Uint8Array(await readFile(process.argv[2]));
const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
for (const message of messages) print(formatMessage(message, pkg));

const { types, problems = [] } = await checkPackage(createPackageFromTarballData(bytes));
if (!types) print('The package has no types.');
for (const problem of problems) {
  if (!withoutModules.includes(problem.resolutionKind)) print(JSON.stringify(problem));
}
