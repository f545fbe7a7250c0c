// The built service in a process of its own, on a free port.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface RunningService {
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws Error if it ends before it listens; it has said why by then */
export async function startService(dataDir: string): Promise<RunningService> {
  const env = { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
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
