// The licences of the packages that are bundled into the program, in one text, as most of them require.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './plugins.ts';

/** @param folders of the packages, relative to the root of the repository */
export function licencesOf(folders: readonly string[]): string {
  const sections = folders.map(folder => {
    const path = join(root, folder);
    const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    return { title: `${name} ${version} (${license})`, text: licenceIn(path) };
  });
  const byTitle = new Map(sections.map(section => [section.title, section.text]));
  return [
    'The program contains code of these packages, under these licences.',
    ...[...byTitle].toSorted().map(([title, text]) => `${title}\n\n${text}`),
  ].join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** The text of the licence; where the package has none, that of its name in package.json is known. */
function licenceIn(folder: string): string {
  const name = readdirSync(folder).find(file => /^(licen[cs]e|copying)\b/i.test(file));
  return name === undefined
    ? 'The package has no file with the text of its licence.'
    : readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim();
}
