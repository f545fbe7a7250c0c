// A models folder, or two in layers: a user's own folder over the shipped one. The shipped one is only
// read, so that a promotion leaves a clone or an installed package as it was.

/** The path of a models folder, or those of two layers. */
export type ModelsFolder = string | LayeredModels;

/** A champion.json or a version in `own` hides that of the same name in `shipped`. */
export interface LayeredModels {
  /** written to; created when it is first needed */
  readonly own: string;
  /** never written to */
  readonly shipped: string;
}

/** The folder that is written to. */
export function ownFolder(modelsFolder: ModelsFolder): string {
  return typeof modelsFolder === 'string' ? modelsFolder : modelsFolder.own;
}

/** The folder below one's own; undefined for a single folder. */
export function shippedFolder(modelsFolder: ModelsFolder): string | undefined {
  return typeof modelsFolder === 'string' ? undefined : modelsFolder.shipped;
}

/** The folders in the order in which they are searched. */
export function layersOf(modelsFolder: ModelsFolder): readonly string[] {
  const shipped = shippedFolder(modelsFolder);
  return [ownFolder(modelsFolder), ...(shipped === undefined ? [] : [shipped])];
}

/** The folders, for messages. */
export function describeFolder(modelsFolder: ModelsFolder): string {
  const shipped = shippedFolder(modelsFolder);
  return `${ownFolder(modelsFolder)}${shipped === undefined ? '' : ` (and ${shipped})`}`;
}

/**
 * Reads from one's own folder, and from the shipped one if there is no such file.
 *
 * @param read throws an error whose cause is the system's
 */
export async function readFromLayers<Content>(
  modelsFolder: ModelsFolder,
  read: (folder: string) => Promise<Content>,
): Promise<Content> {
  const shipped = shippedFolder(modelsFolder);
  const reading = read(ownFolder(modelsFolder));
  if (shipped === undefined) return reading;
  return reading.catch(error => {
    if (isAbsent(error.cause)) return read(shipped);
    throw error;
  });
}

function isAbsent(cause: unknown): boolean {
  const { code = '' } = { ...(cause as NodeJS.ErrnoException | undefined) };
  return code === 'ENOENT' || code === 'ENOTDIR';
}
