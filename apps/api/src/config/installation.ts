// The program that the service is a part of: how it is called, and where its files are by default.

import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };

export interface ServiceInstallation {
  readonly version: string;
  /** What a user types to call it, without options. */
  readonly call: string;
  /** What a user types to restore the previous champion. */
  readonly rollbackCall: string;
  /** DATA_DIR where it is not set. */
  readonly dataFolder: string;
  /** The models below one's own, which are only read. */
  readonly shippedModels: string;
  /** The folder with the page to draw on; that of the build in the repository if there is none. */
  readonly pageFolder?: string;
  /** The folder of V8's compile cache; one in the folder for temporary files if there is none. */
  readonly compileCacheFolder?: string | undefined;
}

const inRepository = (folder: string) =>
  fileURLToPath(new URL(`../../../../${folder}`, import.meta.url));

/** The repository, whose service is called as a script. */
export const repository: ServiceInstallation = {
  version: manifest.version,
  call: 'node main.js',
  rollbackCall: 'npx nx run nn:rollback',
  dataFolder: inRepository('data'),
  shippedModels: inRepository('models'),
};

/** What to do about a champion that cannot be served. */
export function rollbackAdvice({ rollbackCall }: ServiceInstallation): string {
  return `Restore the previous champion: ${rollbackCall}`;
}
