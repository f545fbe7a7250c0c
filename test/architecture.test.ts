// The arrows of ARCHITECTURE.md hold in the source: who imports whom, and no circles.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { circlesOf, importsOf, type Sources, violationsOf, zoneOf } from './imports.ts';
import { rules } from './rules.ts';
import { trackedFiles } from './tracked-files.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const sources: Sources = new Map(
  trackedFiles(
    ...['apps/*/src/*.ts', 'apps/*/src/*.tsx', 'libs/*/src/*.ts', 'libs/nn/cli/*.ts'],
    'examples/*.ts',
  )
    .filter(path => !path.endsWith('.d.ts'))
    .map(path => [path, readFileSync(join(root, path), 'utf8')]),
);

test('every import between packages and between their parts is an allowed one', t => {
  t.true(sources.size > 300);
  t.deepEqual(violationsOf(sources, rules), []);
});

test('no modules import one another in a circle, by types or by values', t => {
  t.deepEqual(circlesOf(sources), []);
});

test('every zone has modules and every allowed arrow is in use', t => {
  const zones = new Set([...sources.keys()].map(path => zoneOf(path, rules)));
  const arrows = new Set(
    importsOf(sources).map(({ from, to }) => `${zoneOf(from, rules)} → ${zoneOf(to, rules)}`),
  );
  t.deepEqual(
    Object.keys(rules).filter(zone => !zones.has(zone)),
    [],
  );
  t.deepEqual(
    Object.entries(rules)
      .flatMap(([zone, targets]) => targets.map(target => `${zone} → ${target}`))
      .filter(arrow => !arrows.has(arrow)),
    [],
  );
});

test('a forbidden import added to any zone is found', t => {
  const examples = new Map([...sources.keys()].map(path => [zoneOf(path, rules)!, path]));
  for (const [zone, from] of examples) {
    for (const [target, to] of examples) {
      if (target === zone || rules[zone]!.includes(target)) continue;
      const depth = from.split('/').length - 1;
      const text = `import type { X } from '${'../'.repeat(depth)}${to}';\n`;
      t.is(violationsOf(new Map([[from, text]]), rules).length, 1, `${zone} → ${target}`);
    }
  }
});

test('a dynamic import, a worker and a package by its name count as imports', t => {
  const from = 'libs/nn/src/engine/dense.ts';
  for (const text of [
    "await import('../report/report.ts')",
    "new Worker(new URL('../report/report.ts', import.meta.url))",
    "export { x } from '@digits/canvas';",
  ]) {
    t.is(violationsOf(new Map([[from, text]]), rules).length, 1, text);
  }
});

test('the page in the browser and what it shares need neither Node nor the schemas', t => {
  const shared = [...sources].filter(([path]) => /^(libs\/(canvas|client)|apps\/web)\//.test(path));
  t.true(shared.length > 40);
  const foreign = /^(import|export) (type )?[^;']* from '([^.'][^']*)';$/gm;
  for (const [path, text] of shared) {
    for (const [statement, , type, name = ''] of text.matchAll(foreign)) {
      const isTypes = type !== undefined && name === '@digits/protocol';
      const isShared = /^@digits\/(canvas|client|protocol\/constants)$/.test(name);
      t.true(isTypes || isShared, `${path}: ${statement}`);
    }
  }
});

test('a circle of three modules is found once', t => {
  const circle = new Map([
    ['a/1.ts', "import { x } from './2.ts';"],
    ['a/2.ts', "import type { x } from './3.ts';"],
    ['a/3.ts', "export { x } from './1.ts';"],
    ['a/4.ts', "import { x } from './1.ts';"],
  ]);
  t.deepEqual(circlesOf(circle), [['a/1.ts', 'a/2.ts', 'a/3.ts']]);
});

for (const project of [
  'apps/api',
  'apps/cli',
  'apps/tui',
  'apps/web',
  'libs/canvas',
  'libs/client',
  'libs/files',
  'libs/nn',
  'libs/protocol',
  'libs/screen',
]) {
  test(`the packages of this repository that ${project} imports are its dependencies`, t => {
    const { dependencies = {} } = JSON.parse(
      readFileSync(join(root, project, 'package.json'), 'utf8'),
    ) as { dependencies?: Record<string, string> };
    const imported = [...sources]
      .filter(([path]) => path.startsWith(`${project}/`))
      .flatMap(([, text]) =>
        [...text.matchAll(/from '(@digits\/[a-z]+)/g)].map(([, name]) => name!),
      );
    const declared = Object.keys(dependencies).filter(name => name.startsWith('@digits/'));
    t.deepEqual([...new Set(imported)].toSorted(), declared.toSorted());
  });
}
