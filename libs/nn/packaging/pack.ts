// Packs a folder as `npm publish` would upload it.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const kilobytes = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'kilobyte',
  maximumFractionDigits: 0,
  roundingMode: 'ceil',
});

/**
 * Prints the package's size, and sets the exit code if it is larger than it may be.
 *
 * @returns the path of the packed file
 */
export async function packFolder(
  folder: string,
  destination: string,
  maxPackedBytes: number,
): Promise<string> {
  const isWindows = process.platform === 'win32';
  const { stdout } = await promisify(execFile)(
    isWindows ? 'npm.cmd' : 'npm',
    ['pack', folder, '--pack-destination', destination, '--json'],
    { shell: isWindows },
  );
  const [{ filename, name, version, size, unpackedSize, entryCount }] = JSON.parse(stdout);
  const text = (bytes: number) => kilobytes.format(bytes / 1000);
  process.stdout.write(
    `${name} ${version}: ${text(size)} packed, ${text(unpackedSize)} unpacked, ${entryCount} files\n`,
  );
  if (size > maxPackedBytes) {
    process.stderr.write(`It may have at most ${text(maxPackedBytes)} packed.\n`);
    process.exitCode = 1;
  }
  return join(destination, filename);
}
