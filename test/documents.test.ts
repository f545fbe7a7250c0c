// The documents against the repository: links lead somewhere, what they list is complete.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { variables } from '../apps/api/src/config/variables.ts';
import { trackedFiles } from './tracked-files.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const documents = trackedFiles('*.md').filter(path => !path.startsWith('models/'));

for (const path of documents) {
  test(`every relative link in ${path} leads to a file`, t => {
    const links = [...readFileSync(join(root, path), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target!.replace(/#.*$/, ''))
      .filter(target => target !== '' && !/^[a-z]+:/.test(target));
    t.deepEqual(
      links.filter(target => !existsSync(join(root, dirname(path), target))),
      [],
    );
  });
}

test('README has at most 120 lines', t => {
  t.true(readFileSync(join(root, 'README.md'), 'utf8').trimEnd().split('\n').length <= 120);
});

test('the environment reference lists every variable of the service', t => {
  const reference = readFileSync(join(root, 'docs/reference/environment.md'), 'utf8');
  const names = Object.values(variables).map(({ name }) => name);
  t.deepEqual(
    names.filter(name => !reference.includes(`| \`${name}\` |`)),
    [],
  );
});

test('the command-line reference lists every option of the commands', t => {
  const reference = readFileSync(join(root, 'docs/reference/command-line.md'), 'utf8');
  const options = trackedFiles('libs/nn/cli/*.ts', 'apps/tui/src/*.ts').flatMap(path =>
    [
      ...readFileSync(join(root, path), 'utf8').matchAll(
        /(?:option|Option)\(\s*'(?:-\w, )?(--[\w-]+)/g,
      ),
    ].map(([, option]) => option!),
  );
  t.true(options.length > 30);
  t.deepEqual(
    [...new Set(options)].filter(option => !reference.includes(`\`${option}`)),
    [],
  );
});

test('the glossary is in alphabetical order and defines no term twice', t => {
  const terms = [
    ...readFileSync(join(root, 'docs/glossary.md'), 'utf8').matchAll(/^- \*\*(.+?)\*\*:/gm),
  ];
  const names = terms.map(([, name]) => name!.toLowerCase());
  t.true(names.length > 40);
  t.deepEqual(
    names,
    names.toSorted((one, other) => one.localeCompare(other, 'en')),
  );
  t.is(new Set(names).size, names.length);
});
