// Bundles the page: page.html, one script and one style sheet. Script and style sheet have a hash of their
// content in their names, so that browsers may keep them for ever. The bundler is loaded only to bundle.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isUpToDate, replaceFiles, whyNotWritten } from '@digits/files';
import type { BuildOptions } from 'esbuild';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const folder = pathOf('./dist');

/** The page itself, which refers to the other files. */
export const builtPage = pathOf('./dist/page.html');

/** Browsers of the last three years: the versions of November 2023. */
const browsers = ['chrome119', 'edge119', 'firefox120', 'safari17.1'];

const bundling = {
  entryPoints: [pathOf('./src/main.ts'), pathOf('./src/page.css')],
  entryNames: '[name]-[hash]',
  outdir: folder,
  write: false,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: browsers,
  legalComments: 'none',
} as const satisfies BuildOptions;

const sources = [
  ...['./src', './bundle.ts', './package.json'],
  ...['canvas', 'client', 'protocol'].map(library => `../../libs/${library}/src`),
  '../../package-lock.json',
];

/** Whether the page was built from the current sources. */
export function isPageCurrent(): boolean {
  return isUpToDate(builtPage, sources.map(pathOf));
}

/** @returns in a sentence why the files cannot be written; undefined if they were */
export async function writePage(): Promise<string | undefined> {
  const { build, stop } = await import('esbuild');
  const { outputFiles } = await build(bundling);
  // Ends the bundler's own process, which would stay as long as this one.
  await stop();
  const contents = withNames(outputFiles.map(({ path }) => basename(path)));
  const files = [...outputFiles, { path: builtPage, contents }];
  try {
    await replaceFiles(folder, files, { entry: builtPage });
    return undefined;
  } catch (error) {
    return whyNotWritten(folder, error);
  }
}

/** The page with the names of the built files, at their address below the page's own. */
function withNames(names: readonly string[]): string {
  const nameOf = (ending: string) => `"page/${names.find(name => name.endsWith(ending))}"`;
  return readFileSync(pathOf('./src/page.html'), 'utf8')
    .replace('"page.css"', nameOf('.css'))
    .replace('"main.ts"', nameOf('.js'));
}
