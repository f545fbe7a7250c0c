// Time from the start of the process to the first frame, compared with an empty Node process.

import pty from '@lydell/node-pty';
import { inheritedEnvironment } from '../test/end-to-end/support/environment.ts';
import { bundlePath } from '../test/end-to-end/support/terminal-session.ts';
import { closedUrl } from '../test/fake-service.ts';
import { percentile } from './measure.ts';

const rounds = 15;

export interface FirstFrame {
  readonly nodeMs: number;
  readonly firstFrameMs: number;
  /** At most 3.3. */
  readonly ratio: number;
}

export async function measureFirstFrame(): Promise<FirstFrame> {
  const nothing: number[] = [];
  const frames: number[] = [];
  // The first start fills V8's compile cache.
  await timeUntil([bundlePath, '--api', closedUrl], '╰');
  for (let round = 0; round < rounds; round++) {
    nothing.push(await timeUntil(['-e', '0'], undefined));
    frames.push(await timeUntil([bundlePath, '--api', closedUrl], '╰'));
  }
  const nodeMs = percentile(nothing, 0.5);
  const firstFrameMs = percentile(frames, 0.5);
  return { nodeMs, firstFrameMs, ratio: firstFrameMs / nodeMs };
}

/** The time until a sign is written, or without a sign until the process has exited. */
function timeUntil(args: string[], sign: string | undefined): Promise<number> {
  const begun = performance.now();
  const program = pty.spawn(process.execPath, args, {
    name: 'xterm-256color',
    cols: 80,
    rows: 24,
    env: inheritedEnvironment(),
  });
  let took: number | undefined;
  let written = '';
  program.onData(output => {
    written += output;
    if (took !== undefined || sign === undefined || !written.includes(sign)) return;
    took = performance.now() - begun;
    program.kill('SIGKILL');
  });
  return new Promise(resolve => {
    program.onExit(() => resolve(took ?? performance.now() - begun));
  });
}
