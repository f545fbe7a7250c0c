// The library as its users have it: the packed package, installed outside of the workspace.

import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { build } from 'esbuild';
import {
  checkTypes,
  createFolder,
  installPackage,
  linkLikePnpm,
  readExamples,
  remove,
  root,
  runProgram,
  tarball,
} from './installed.ts';

const examples = await readExamples();
const installed = await installPackage();
const folders = [installed];
test.after.always(() => Promise.all(folders.map(remove)));

/** The last lines of the examples' output, in the order of the examples. */
const outputs = {
  train: /\n1[678]\d of 180 test points right\n$/,
  classify: /\n7 █{30,}\n(.*\n)*read as 7: accepted\n$/,
  resume:
    /^interrupted after epoch 3, checkpoint kept: true\nepoch 4 {2}█+\n(.*\n)*3\d\d of 400 .* right\nsegments\.onnx has \d+ bytes\n$/,
};

/** Trains on two threads, so that the script of a thread and the kernels for several must be found. */
const threaded = `
import { fit, samplesOf } from '@digits/nn/training';
const rows = Array.from({ length: 60 }, (_, i) => [i % 3, i % 2]);
const { model, validation } = await fit(samplesOf(rows, rows.map(([x]) => x)), { threads: 2, epochs: 90 });
console.log(model.network.kernels.name, validation.accuracy);
`;

for (const [name, output] of Object.entries(outputs)) {
  for (const ending of ['js', 'ts']) {
    test.serial(`the README's example ${name} runs as ${ending}`, async t => {
      await writeFile(join(installed, `${name}.${ending}`), examples.get(name)!);
      t.regex(await runProgram(installed, `${name}.${ending}`), output);
    });
  }
}

/** Ways of resolving modules, one with the types of browsers too, whose names the library's must not clash with. */
const resolutions = {
  nodenext: { module: 'nodenext', lib: ['es2023'] },
  bundler: { module: 'esnext', lib: ['es2023', 'dom'] },
};

for (const [moduleResolution, compilerOptions] of Object.entries(resolutions)) {
  test.serial(
    `the examples are correct by the types, with moduleResolution ${moduleResolution}`,
    async t => {
      for (const [name, code] of examples) await writeFile(join(installed, `${name}.ts`), code);
      const files = [...examples.keys()].map(name => `${name}.ts`);
      t.is(files.length, 3);
      await checkTypes(installed, files, { moduleResolution, ...compilerOptions });
    },
  );
}

test('threads and kernels are found in node_modules, also through links without hoisting', async t => {
  const linked = await linkLikePnpm(installed);
  folders.push(linked);
  t.deepEqual((await readdir(join(linked, 'node_modules'))).toSorted(), ['.pnpm', '@digits']);
  for (const folder of [installed, linked]) {
    await writeFile(join(folder, 'threaded.js'), threaded);
    t.regex(await runProgram(folder, 'threaded.js'), /^wasm-\w+ 1\n$/);
  }
});

test('bundled by esbuild it computes with loops, and with threads and kernels beside the bundle', async t => {
  const folder = await createFolder();
  folders.push(folder);
  for (const [name, code] of [
    ['single', threaded.replace('threads: 2', 'threads: 1')],
    ['threaded', threaded],
  ] as const) {
    await writeFile(join(installed, `${name}-source.js`), code);
    await build({
      entryPoints: [join(installed, `${name}-source.js`)],
      outfile: join(folder, `dist/${name}.js`),
      ...{ bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' },
    });
  }
  t.is(await runProgram(folder, 'dist/single.js'), 'loops 1\n');
  const library = join(installed, 'node_modules/@digits/nn/lib');
  for (const file of await readdir(library)) {
    if (!/^(nn-worker\.js|.*\.wasm)$/.test(file)) continue;
    await copyFile(join(library, file), join(folder, 'dist', file));
  }
  t.regex(await runProgram(folder, 'dist/single.js'), /^wasm-\w+ 1\n$/);
  t.regex(await runProgram(folder, 'dist/threaded.js'), /^wasm-\w+ 1\n$/);
});

test('nothing in the package refers outside of it, and it installs no more than it imports', async t => {
  const { packages } = JSON.parse(
    await readFile(join(installed, 'node_modules/.package-lock.json'), 'utf8'),
  );
  t.deepEqual(
    Object.keys(packages).filter(path => !/protobuf|protocol-buffers/.test(path)),
    [...['@digits/nn', 'pbf', 'typebox'].map(name => `node_modules/${name}`)],
  );
  const folder = join(installed, 'node_modules/@digits/nn');
  for (const path of await readdir(folder, { recursive: true })) {
    if (!/\.(js|ts|json|map)$/.test(path)) continue;
    const text = await readFile(join(folder, path), 'utf8');
    t.false(text.includes(root.slice(0, -1)), path);
    if (path.endsWith('.ts')) t.notRegex(text, /['"](@digits\/|[^'"]+\.ts['"])/, path);
  }
});

test('publint and are-the-types-wrong find nothing', async t => {
  const program = fileURLToPath(new URL('./lint-package.js', import.meta.url));
  t.is(await runProgram(root, program, tarball), '');
});
