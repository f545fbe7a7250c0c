// Renames a file over another one. On Windows that fails for a moment while another process has the file open.

import { rename } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** How a file is renamed; the defaults are those of this system. */
export interface RenameOptions {
  readonly platform?: NodeJS.Platform;
  readonly attempt?: (from: string, to: string) => Promise<void>;
  /** Pauses before further attempts: 1.3 s in all, as virus scanners and readers of small files take less. */
  readonly pausesMs?: readonly number[];
}

const defaultPausesMs = [10, 20, 40, 80, 160, 320, 640];

/** The errors of Windows for a file that is open elsewhere. */
const busyCodes: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** @throws the system's error; on Windows after several attempts if the file is in use */
export async function renameFile(
  from: string,
  to: string,
  { platform = process.platform, attempt = rename, pausesMs = defaultPausesMs }: RenameOptions = {},
): Promise<void> {
  for (const pauseMs of platform === 'win32' ? pausesMs : []) {
    try {
      return await attempt(from, to);
    } catch (error) {
      if (!busyCodes.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await wait(pauseMs);
    }
  }
  await attempt(from, to);
}
