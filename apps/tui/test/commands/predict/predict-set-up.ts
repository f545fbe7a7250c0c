// The command `predict` in this process or in one of its own, with pictures and a fake service, for tests.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { blankRaster } from '@digits/canvas';
import type { ExecutionContext } from 'ava';
import { predictPictures } from '../../../src/commands/predict/main.ts';
import { programsInWorkspace } from '../../../src/programs.ts';
import { encodeDrawing } from '../../../src/storage/drawing-png.ts';
import { inheritedEnvironment } from '../../end-to-end/support/environment.ts';
import { respondSeven, serveFor } from '../../fake-service.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

export const program = fileURLToPath(new URL('../../../predict.ts', import.meta.url));
export const workspace = fileURLToPath(new URL('../../../../../', import.meta.url));
export const png = encodeDrawing(blankRaster());

interface PredictOptions {
  readonly api: string;
  /** The folder of relative paths. */
  readonly folder?: string;
  readonly input?: Uint8Array;
  readonly isJson?: boolean;
  readonly isExplained?: boolean;
  readonly isRecursive?: boolean;
  readonly stepsFolder?: string;
}

/** Runs the command in this process. */
export async function predict(paths: readonly string[], options: PredictOptions) {
  const { api, folder = '', input = new Uint8Array(), ...flags } = options;
  let [stdout, stderr] = ['', ''];
  const status = await predictPictures(
    {
      apiUrl: api,
      paths: paths.map(path => (path === '-' ? path : join(folder, path))),
      isJson: false,
      isExplained: false,
      isRecursive: false,
      stepsFolder: undefined,
      ...flags,
    },
    {
      stdin: (async function* () {
        yield input;
      })(),
      stderr: { write: (written: string) => (stderr += written) },
      async write(written) {
        stdout += written;
      },
      apiKey: undefined,
      programs: { ...programsInWorkspace(workspace), findService: () => ['/nowhere/main.ts'] },
    },
  );
  const relative = (output: string) => output.replaceAll(join(folder, '/'), '');
  return { status, stdout: relative(stdout), stderr: relative(stderr) };
}

interface StartOptions {
  readonly api: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts the program as a process. */
export function start(args: readonly string[], { api, cwd, env: more }: StartOptions) {
  const env = { ...inheritedEnvironment(), DIGITS_API: api, ...more };
  return spawn(process.execPath, [program, ...args], {
    env,
    ...(cwd === undefined ? {} : { cwd }),
  });
}

export async function run(args: readonly string[], options: StartOptions & { input?: Uint8Array }) {
  const child = start(args, options);
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);
  const status = new Promise<number | null>(resolve => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, stdout, stderr };
}

/** A folder with some pictures, and a service. */
export async function setUp(t: ExecutionContext, names: readonly string[]) {
  const folder = temporaryFolder(t);
  for (const name of names) writeFileSync(join(folder, name), png);
  const service = await serveFor(t, respondSeven);
  return { service, folder, options: { api: service.url, folder } };
}
