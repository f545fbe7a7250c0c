// Time from the start of the process to the first frame, as a multiple of an empty Node process, and beside it
// what the app cannot save: a bundle that only enables the compile cache, and an Ink app of one character, bundled
// as the app is.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';
import { build, stop } from 'esbuild';
import { bundling } from '../bundle.ts';
import { inheritedEnvironment } from '../test/end-to-end/support/environment.ts';
import { bundlePath } from '../test/end-to-end/support/terminal-session.ts';
import { closedUrl } from '../test/fake-service.ts';
import { percentile } from './measure.ts';

const rounds = 15;

/** In the lower border of the app's first panel. */
const sign = '╰';

const bare = `
  import { enableCompileCache } from 'node:module';
  enableCompileCache();
  process.stdout.write('${sign}');
`;

const emptyInk = `
  import { enableCompileCache } from 'node:module';
  enableCompileCache();
  const [{ render, Text }, { createElement }] = await Promise.all([import('ink'), import('react')]);
  render(createElement(Text, null, '${sign}'));
`;

export interface FirstFrame {
  readonly nodeMs: number;
  readonly bareMs: number;
  readonly emptyInkMs: number;
  readonly firstFrameMs: number;
  /** Of an empty Node process; all ratios are medians of the rounds. */
  readonly bareRatio: number;
  readonly emptyInkRatio: number;
  /** At most 3.3. */
  readonly ratio: number;
  /** Of the empty Ink app. */
  readonly ratioToEmptyInk: number;
}

export async function measureFirstFrame(): Promise<FirstFrame> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-bench-'));
  const sides = {
    bare: [await bundleOf(bare, join(folder, 'bare'))],
    emptyInk: [await bundleOf(emptyInk, join(folder, 'ink'))],
    app: [bundlePath, '--api', closedUrl],
  };
  await stop();
  // Node writes the compile cache when it exits, which it does not do if it is killed.
  for (const args of Object.values(sides)) await startOnce(args, 'quit');
  const times: Record<'node' | keyof typeof sides, number>[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push({
      node: await startOnce(['-e', '0']),
      bare: await startOnce(sides.bare, 'kill'),
      emptyInk: await startOnce(sides.emptyInk, 'kill'),
      app: await startOnce(sides.app, 'kill'),
    });
  }
  await rm(folder, { recursive: true });
  const median = (figure: (round: (typeof times)[number]) => number) =>
    percentile(times.map(figure), 0.5);
  return {
    nodeMs: median(({ node }) => node),
    bareMs: median(round => round.bare),
    emptyInkMs: median(round => round.emptyInk),
    firstFrameMs: median(({ app }) => app),
    bareRatio: median(round => round.bare / round.node),
    emptyInkRatio: median(round => round.emptyInk / round.node),
    ratio: median(({ app, node }) => app / node),
    ratioToEmptyInk: median(({ app, emptyInk: ink }) => app / ink),
  };
}

/** @returns the file to start */
async function bundleOf(source: string, outdir: string): Promise<string> {
  await build({
    ...bundling,
    stdin: { contents: source, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    // Without a package.json beside them, other modules would be parsed twice.
    outExtension: { '.js': '.mjs' },
    outdir,
  });
  return join(outdir, 'stdin.mjs');
}

/**
 * @param atSign what is done when the sign is written: q is pressed, or the process killed
 * @returns the time until the sign is written; without an action, until the process has exited
 */
function startOnce(args: readonly string[], atSign?: 'quit' | 'kill'): Promise<number> {
  const begun = performance.now();
  const program = pty.spawn(process.execPath, [...args], {
    name: 'xterm-256color',
    cols: 80,
    rows: 24,
    env: inheritedEnvironment(),
  });
  let took: number | undefined;
  let written = '';
  program.onData(output => {
    written += output;
    if (took !== undefined || atSign === undefined || !written.includes(sign)) return;
    took = performance.now() - begun;
    if (atSign === 'kill') program.kill('SIGKILL');
    else program.write('q');
  });
  return new Promise(resolve => {
    program.onExit(() => resolve(took ?? performance.now() - begun));
  });
}
