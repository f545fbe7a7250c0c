// What is installed and shipped: every package has a checksum, none runs a script, and the list of
// components for a release is complete.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { type Bom, type Component, findBomProblems, productionBom } from '../deploy/bom.ts';
import { trackedFiles } from './tracked-files.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));

interface LockEntry {
  readonly version?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly libc?: readonly string[];
  readonly hasInstallScript?: boolean;
}

const entries = Object.entries<LockEntry>(JSON.parse(read('package-lock.json')).packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && link !== true,
);
const pathsWhere = (holds: (entry: LockEntry) => boolean) =>
  entries.filter(([, entry]) => holds(entry)).map(([path]) => path);

test('every package of the lock file has a SHA-512 checksum, whichever platform it is for', t => {
  t.true(entries.length > 500);
  t.deepEqual(
    pathsWhere(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')),
    [],
  );
});

test('no package of the lock file names an address to download from', t => {
  t.deepEqual(
    pathsWhere(({ resolved }) => resolved !== undefined),
    [],
  );
});

test('every install script is decided on by name, and none is run', t => {
  const names = pathsWhere(({ hasInstallScript }) => hasInstallScript === true).map(path =>
    path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
  );
  t.deepEqual(
    manifest.allowScripts,
    Object.fromEntries(names.toSorted().map(name => [name, false])),
  );
});

// The manifests of these packages do not say so; on musl their Node would hide the machine's own.
test('the Node packages for Linux are left out where the C library is not glibc', t => {
  const paths = Object.keys(manifest.optionalDependencies)
    .filter(name => name.startsWith('node-linux-'))
    .map(name => `node_modules/${name}`);
  t.is(paths.length, 2);
  for (const path of paths) t.deepEqual(Object.fromEntries(entries)[path]?.libc, ['glibc'], path);
});

test('every command that runs TypeScript checks the version of Node first', t => {
  const manifests = ['package.json', 'project.json', ...trackedFiles('*/*/project.json')];
  const commands = manifests.flatMap(path => read(path).match(/"node [^"]+\.ts\b/g) ?? []);
  t.true(commands.length > 15);
  t.deepEqual(
    commands.filter(command => !/^"node -r (\.\.?\/)+check-node\.cjs /.test(command)),
    [],
  );
});

test('on a Node that is too old, that check names the Node that is needed, in one sentence', t => {
  const asOldNode = "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })";
  const script = `${asOldNode}; require('./check-node.cjs')`;
  const { status, stderr } = spawnSync(process.execPath, ['--eval', script], {
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    encoding: 'utf8',
  });
  t.is(status, 1);
  t.regex(stderr, /^Node 24 or later is needed, .+ npm ci again\.\n$/);
});

test('a command under Nx, which sets FORCE_COLOR, has no colours with NO_COLOR', t => {
  const script = "process.stdout.write(require('node:util').styleText('bold', 'x'))";
  const run = (env: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, ['--require', './check-node.cjs', '--eval', script], {
      cwd: fileURLToPath(new URL('../', import.meta.url)),
      env: { ...env, FORCE_COLOR: 'true', NX_TASK_TARGET_TARGET: 'runs' },
      encoding: 'utf8',
    });
  t.is(run({}).stdout, '\x1b[1mx\x1b[22m');
  const { stdout, stderr } = run({ NO_COLOR: '1' });
  t.deepEqual({ stdout, stderr }, { stdout: 'x', stderr: '' });
});

function component(ref: string, development = false): Component {
  return {
    'bom-ref': ref,
    type: 'library',
    name: ref.slice(0, ref.lastIndexOf('@')),
    version: ref.slice(ref.lastIndexOf('@') + 1),
    purl: `pkg:npm/${ref}`,
    hashes: [{ alg: 'SHA-512', content: '0'.repeat(128) }],
    properties: development ? [{ name: 'cdx:npm:package:development', value: 'true' }] : [],
  };
}

const listed: Bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: 'urn:uuid:00000000-0000-4000-8000-000000000000',
  version: 1,
  metadata: {
    timestamp: '2026-01-01T00:00:00Z',
    component: { ...component('digits@1.0.0'), name: 'folder' },
  },
  components: [component('fastify@5.0.0'), component('ava@8.0.0', true)],
  dependencies: [
    { ref: 'digits@1.0.0', dependsOn: ['fastify@5.0.0', 'ava@8.0.0'] },
    { ref: 'fastify@5.0.0' },
    { ref: 'ava@8.0.0' },
  ],
};
const listedLock = {
  packages: {
    'node_modules/fastify': { version: '5.0.0' },
    'node_modules/ava': { version: '8.0.0', dev: true },
  },
};

test('the bill of materials names what is shipped, without tools for development', t => {
  const bom = productionBom(listed);
  t.deepEqual(
    bom.components.map(({ name }) => name),
    ['fastify'],
  );
  t.is(bom.metadata.component.name, 'digits');
  t.deepEqual(bom.dependencies[0], { ref: 'digits@1.0.0', dependsOn: ['fastify@5.0.0'] });
  t.deepEqual(findBomProblems(bom, listedLock), []);
});

const incomplete = test.macro((t, change: (bom: Bom) => Partial<Bom>, problem: string) => {
  const bom = productionBom(listed);
  t.deepEqual(findBomProblems({ ...bom, ...change(bom) }, listedLock), [problem]);
});

test(
  'a bill of materials of another version of the format is refused',
  incomplete,
  () => ({ specVersion: '1.4' }),
  'not CycloneDX 1.5',
);
test(
  'a bill of materials with a package that is not shipped is refused',
  incomplete,
  bom => ({ components: [...bom.components, component('ava@8.0.0')] }),
  'ava@8.0.0 is listed, but not shipped',
);
test(
  'a bill of materials without a shipped package is refused',
  incomplete,
  () => ({ components: [], dependencies: [] }),
  'fastify@5.0.0 is not listed',
);
test(
  'a bill of materials with a package without a checksum is refused',
  incomplete,
  () => ({ components: [{ ...component('fastify@5.0.0'), hashes: [] }] }),
  'fastify@5.0.0 has no checksum',
);
