import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { build } from 'esbuild';
import { loadLate } from '../../bundle/load-late.ts';

/** What the bundled entry exports, of a project that has these files, by path. */
async function bundle(t: ExecutionContext, files: Readonly<Record<string, string>>) {
  const project = await mkdtemp(join(tmpdir(), 'digits-bundle-'));
  t.teardown(() => rm(project, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), content);
  }
  const outfile = join(project, 'dist/entry.cjs');
  await build({
    entryPoints: [join(project, 'entry.js')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    plugins: [loadLate(dirname(outfile))],
  });
  return createRequire(outfile)(outfile);
}

/** A module that tells the entry when it is loaded. */
const tell = 'globalThis.loadedLate = (globalThis.loadedLate ?? []).concat(__filename);';

const loaded = () => (globalThis as { loadedLate?: string[] }).loadedLate ?? [];

test.serial('a late package is read from a file of its own when it is first used', async t => {
  const { stringify } = await bundle(t, {
    'entry.js': `const yaml = require('yaml'); exports.stringify = value => yaml.stringify(value);`,
    'node_modules/yaml/index.js': `${tell} exports.stringify = value => 'yaml: ' + value;`,
  });
  const before = loaded();
  t.is(stringify(7), 'yaml: 7');
  t.is(stringify(8), 'yaml: 8');
  const now = loaded().slice(before.length);
  t.is(now.length, 1);
  t.regex(now[0]!, /late.yaml\.cjs$/);
});

test.serial('a late package can be called, constructed and imported', async t => {
  const { call, construct, BusboyOf } = await bundle(t, {
    'entry.js': `
      import inject from 'light-my-request';
      import Busboy from '@fastify/busboy';
      export const call = value => inject(value);
      export const construct = value => new Busboy(value);
      export const BusboyOf = () => Busboy.Busboy;`,
    'node_modules/light-my-request/index.js': 'module.exports = value => value + 1;',
    'node_modules/@fastify/busboy/index.js': `
      module.exports = class Busboy { constructor(value) { this.value = value; } };
      module.exports.Busboy = module.exports;`,
  });
  t.is(call(6), 7);
  t.is(construct(7).value, 7);
  t.true(construct(7) instanceof BusboyOf());
});

test.serial(
  'a late module stays in the bundle, and only of its own package is it late',
  async t => {
    const { run } = await bundle(t, {
      'entry.js': `
      const prom = require('prom-client');
      const other = require('other');
      exports.run = () => [prom.summary(), other];`,
      'node_modules/prom-client/index.js': `exports.summary = require('./lib/summary');`,
      'node_modules/prom-client/lib/summary.js': `${tell} module.exports = () => 'late';`,
      'node_modules/other/index.js': `module.exports = require('./lib/summary');`,
      'node_modules/other/lib/summary.js': `${tell} module.exports = 'early';`,
    });
    const before = loaded().length;
    t.deepEqual(run(), ['late', 'early']);
    t.is(loaded().length, before + 1);
  },
);
