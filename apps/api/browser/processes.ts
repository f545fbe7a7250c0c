// The two processes of the check: the built service, and the path of a Chromium. playwright-core
// contains no browser, and none is downloaded.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface RunningService {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the service on a free port. @throws Error where it exits before it listens */
export async function startService(
  dataDir: string,
  variables: NodeJS.ProcessEnv = {},
): Promise<RunningService> {
  const env = { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...variables };
  const child = fork(main, { env });
  const exited = once(child, 'exit');
  const announced = once(child, 'message');
  const ended = exited.then(() => {
    throw new Error('The service did not start.');
  });
  const [{ url }] = await Promise.race([announced, ended]);
  ended.catch(() => {});
  return {
    url,
    async stop() {
      child.kill();
      await exited;
    },
  };
}

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** How to make a Chromium available. */
export const chromiumHint = `Install one (${names.join(', ')}), or set CHROMIUM to its path.`;

/** @returns the path in CHROMIUM, or of the first one on the PATH; undefined where there is none */
export function findChromium({ CHROMIUM, PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  if (CHROMIUM) return CHROMIUM;
  const paths = PATH.split(delimiter).flatMap(folder => names.map(name => join(folder, name)));
  return paths.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
