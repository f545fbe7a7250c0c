// Writes the software bill of materials of a release in CycloneDX's format: every package that is
// installed without the development dependencies, with its checksum, from the lock file.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeAtomically } from '@digits/files';
import { type Bom, findBomProblems, type LockFile, productionBom } from './bom.ts';

const root = new URL('../', import.meta.url);
const path = process.argv[2] ?? 'dist/sbom.cdx.json';

const listed = execFileSync(
  'npm',
  ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'],
  // npm is a command script on Windows, which only a shell starts.
  { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26, shell: process.platform === 'win32' },
);
const lockFile: LockFile = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
const bom = productionBom(JSON.parse(listed) as Bom);
const problems = findBomProblems(bom, lockFile);
if (problems.length > 0) {
  process.stderr.write(`The list of components is not written:\n${problems.join('\n')}\n`);
  process.exit(1);
}
mkdirSync(dirname(path), { recursive: true });
await writeAtomically(path, `${JSON.stringify(bom, undefined, 2)}\n`);
process.stdout.write(`${bom.components.length} components in ${path}\n`);
