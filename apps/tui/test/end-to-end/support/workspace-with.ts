// A workspace with the bundled app and other commands in the place of the trainer's.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundlePath } from './terminal-session.ts';

interface Commands {
  /** The statements of nn:train and nn:promote. */
  readonly train: string;
  readonly promote: string;
}

const background = fileURLToPath(new URL('../../../src/trainer/in-background.ts', import.meta.url));

/** @returns the bundle to start, in a folder that is the caller's */
export function workspaceWith({ train, promote }: Commands, folder: string): string {
  const [app, cli] = [join(folder, 'apps/tui'), join(folder, 'libs/nn/cli')];
  for (const command of ['train', 'promote']) mkdirSync(join(cli, command), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(cli, 'train/train.ts'), train);
  writeFileSync(join(cli, 'promote/promote.ts'), promote);
  cpSync(dirname(bundlePath), join(app, 'dist'), { recursive: true });
  cpSync(background, join(app, 'src/trainer/in-background.ts'));
  return join(app, 'dist/main.js');
}

/** @returns a statement that runs a module */
export function running(path: string): string {
  return `await import(${JSON.stringify(pathToFileURL(path).href)});\n`;
}
