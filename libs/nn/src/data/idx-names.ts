// Finds the IDX files of a data set by their names, which differ between distributions: with a dash or a dot,
// plain or gzipped, `t10k` or `test`, with a prefix (EMNIST: `emnist-digits-train-images-idx3-ubyte.gz`).

import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { NnError } from '../errors.ts';

/** The names of the files of MNIST. */
export const idxFiles = {
  trainingImages: 'train-images-idx3-ubyte',
  trainingLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const;

/** What a file of a data set contains. */
export type IdxRole = keyof typeof idxFiles;

/** The files of a data set that are found. */
export interface IdxPaths<Role extends IdxRole> {
  readonly paths: Readonly<Record<Role, string>>;
  /** whether the images are stored by columns, as all of EMNIST are (Cohen et al. 2017) */
  readonly isTransposed: boolean;
}

const namePattern =
  /^(?:(?<set>.+)-)?(?<part>train|t10k|test)-(?<kind>images|labels)[-.]idx[13]-ubyte(?:\.gz)?$/i;

interface NamedFile {
  readonly name: string;
  /** the prefix; empty if there is none */
  readonly set: string;
  readonly role: IdxRole;
}

/**
 * Finds files of a data set. A plain file is preferred to a gzipped one, names without a prefix to others.
 *
 * @param path a folder with one data set, or a folder and the prefix of the names: `emnist/emnist-digits`
 * @param roles of the files
 * @throws NnError `data-missing` if a file is not there; `data-mismatch` for a folder with several data sets
 */
export async function findIdxFiles<Role extends IdxRole>(
  path: string,
  roles: readonly Role[],
): Promise<IdxPaths<Role>> {
  const { folder, files } = await listIdxFiles(path, roles);
  const set = chooseSet(folder, files);
  const chosen = files.filter(file => file.set === set);
  const paths = roles.map(role => {
    const found = chosen.find(file => file.role === role);
    if (found) return [role, join(folder, found.name)] as const;
    throw missingFile(path, role, { roles, found: chosen });
  });
  return {
    paths: Object.fromEntries(paths) as Record<Role, string>,
    isTransposed: isEmnist(set),
  };
}

/** The names that a folder is expected to have, for error messages. */
function describeNames(roles: readonly IdxRole[]): string {
  const names = roles.map(role => idxFiles[role]);
  return (
    `expected a folder with ${names.join(', ')}, plain or gzipped; "-idx" may be ".idx", ` +
    '"t10k" may be "test", and the names may have a prefix'
  );
}

function chooseSet(folder: string, files: readonly NamedFile[]): string {
  const [first = '', ...others] = [...new Set(files.map(({ set }) => set))].sort();
  if (first === '' || others.length === 0) return first;
  throw new NnError(
    'data-mismatch',
    `${folder} has several data sets, ${[first, ...others].join(', ')}: name one of them, for example ` +
      join(folder, first),
  );
}

async function listIdxFiles(
  path: string,
  roles: readonly IdxRole[],
): Promise<{ folder: string; files: NamedFile[] }> {
  try {
    return { folder: path, files: parseNames(await readdir(path)) };
  } catch (cause) {
    const folder = dirname(resolve(path));
    const beside = parseNames(await readdir(folder).catch((): string[] => []));
    const files = beside.filter(({ set }) => set === basename(path));
    if (files.length > 0) return { folder, files };
    const { message } = cause as Error;
    throw new NnError(
      'data-missing',
      `${path} cannot be read: ${message}: ${describeNames(roles)}`,
      { cause },
    );
  }
}

function parseNames(names: string[]): NamedFile[] {
  return names.sort(plainFirst).flatMap(parseName);
}

function plainFirst(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}

function parseName(name: string): NamedFile[] {
  const { set = '', part, kind } = { ...namePattern.exec(name)?.groups };
  if (part === undefined || kind === undefined) return [];
  const isTraining = part.toLowerCase() === 'train';
  const isImages = kind.toLowerCase() === 'images';
  const images = isTraining ? 'trainingImages' : 'testImages';
  const labels = isTraining ? 'trainingLabels' : 'testLabels';
  return [{ name, set, role: isImages ? images : labels }];
}

function isEmnist(set: string): boolean {
  return /^emnist\b/i.test(set);
}

function missingFile(
  path: string,
  missing: IdxRole,
  { roles, found }: { roles: readonly IdxRole[]; found: readonly NamedFile[] },
): NnError {
  const names = found.length === 0 ? 'no IDX file' : found.map(({ name }) => name).join(', ');
  return new NnError(
    'data-missing',
    `${path} has no ${idxFiles[missing]} (found: ${names}): ${describeNames(roles)}`,
  );
}
