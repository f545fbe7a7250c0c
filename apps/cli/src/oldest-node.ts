// The oldest Node.js that the program runs on.

/**
 * The oldest that the package's test passes with: node:sqlite needs no flag from 22.13 on, and knows how long
 * to wait for a lock, as the service's store does, from 22.16 on.
 */
export const oldestNode = '22.16.0';

export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split('.').map(Number);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
