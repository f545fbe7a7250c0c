// The documents against the repository: links lead somewhere, what they list is complete.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { variables } from '../apps/api/src/config/variables.ts';
import { drawFigures, figures, readMeasured } from '../docs/learn/draw/draw.ts';
import { quotedFigures } from '../docs/learn/draw/quoted-figures.ts';
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

/** Fenced code: its language, the file that it is quoted from if one is named, and its lines. */
const fences = /^( *)```(\w*) ?(\S*)\n(.*?)^\1```$/gms;

test('code that a document quotes from a file is in that file', t => {
  const quoted = documents.flatMap(path =>
    [...readFileSync(join(root, path), 'utf8').matchAll(fences)]
      .filter(([, , , file]) => file !== '')
      .map(([, , , file, code]) => ({ path, file: file!, code: code! })),
  );
  t.true(quoted.length >= 15);
  for (const { path, file, code } of quoted) {
    t.true(
      existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8').includes(code),
      `${path} quotes from ${file}:\n${code}`,
    );
  }
});

test('the figures of the chapters are what the code draws: nx run workspace:learn-figures', async t => {
  for (const [name, svg] of Object.entries(await drawFigures())) {
    t.true(readFileSync(new URL(`${name}.svg`, figures), 'utf8') === svg, `${name}.svg`);
  }
});

test('the figures in the text of the chapters are those that were measured', t => {
  const { measured, speeds } = readMeasured();
  for (const [chapter, quoted] of Object.entries(quotedFigures(measured, speeds))) {
    const text = readFileSync(join(root, 'docs/learn', chapter), 'utf8').replaceAll(/\s+/g, ' ');
    t.deepEqual(
      quoted.filter(figure => !text.includes(figure)),
      [],
      chapter,
    );
  }
});

test('examples and Nx targets that a document calls exist', t => {
  const isTarget = (project: string, target: string) => {
    const folder = ['libs', 'apps'].find(parent => existsSync(join(root, parent, project)));
    const file = project === 'workspace' ? 'project.json' : `${folder}/${project}/project.json`;
    return target in JSON.parse(readFileSync(join(root, file), 'utf8')).targets;
  };
  for (const path of documents) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const [command, example] of text.matchAll(/npm run example (\S+\.ts)/g)) {
      t.true(existsSync(join(root, example!)), `${path}: ${command}`);
    }
    for (const [command, project, target] of text.matchAll(/npx nx run ([\w-]+):([\w-]+)/g)) {
      t.true(isTarget(project!, target!), `${path}: ${command}`);
    }
  }
});

for (const name of ['terminal.svg', 'terminal-animation.svg']) {
  test(`docs/${name} is well-formed, below 600 kB, and neither runs nor loads anything`, t => {
    const svg = readFileSync(join(root, 'docs', name), 'utf8');
    t.notRegex(svg, /<script|\bon\w+=|href=|url\(|@import|&(?!amp;|lt;)/);
    t.true(svg.length < 600_000);
    const open: string[] = [];
    for (const [, close, tag, alone] of svg.matchAll(/<(\/?)(\w+)(?: [\w:-]+="[^"<]*")*(\/?)>/g)) {
      if (close) t.is(open.pop(), tag);
      else if (!alone) open.push(tag!);
    }
    t.deepEqual(open, []);
    t.notRegex(svg.replace(/<\/?\w+(?: [\w:-]+="[^"<]*")*\/?>/g, ''), /</);
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
