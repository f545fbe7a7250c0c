// How `nx release version` reads and writes the versions in the package.json files, which are all the same. Nx's own
// implementation, @nx/js, brings a hundred packages that nothing else here needs.

import { execFileSync } from 'node:child_process';
import { VersionActions } from 'nx/release';
import type { Tree } from 'nx/src/generators/tree';

const firstVersion = /("version": )"[^"]*"/;

export default class PackageVersions extends VersionActions {
  override validManifestFilenames = ['package.json'];

  override async readCurrentVersionFromSourceManifest(tree: Tree) {
    const manifestPath = this.manifestPath();
    const { version } = JSON.parse(tree.read(manifestPath, 'utf8') ?? '{}');
    return { currentVersion: String(version), manifestPath };
  }

  override async readCurrentVersionFromRegistry(): Promise<null> {
    return null;
  }

  /** Packages of the workspace depend on each other by `*`. */
  override async readCurrentVersionOfDependency() {
    return { currentVersion: null, dependencyCollection: null };
  }

  override async updateProjectVersion(tree: Tree, newVersion: string): Promise<string[]> {
    const path = this.manifestPath();
    const text = tree.read(path, 'utf8') ?? '';
    tree.write(path, text.replace(firstVersion, `$1${JSON.stringify(newVersion)}`));
    return [`${path} is now ${newVersion}`];
  }

  override async updateProjectDependencies(): Promise<string[]> {
    return [];
  }

  private manifestPath(): string {
    const { root } = this.projectGraphNode.data;
    return root === '.' ? 'package.json' : `${root}/package.json`;
  }
}

/** The lock file names the versions of the workspace's packages, too. */
export async function afterAllProjectsVersioned(cwd: string, { dryRun }: { dryRun?: boolean }) {
  const changedFiles = ['package-lock.json'];
  if (dryRun) return { changedFiles: [], deletedFiles: [] };
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  return { changedFiles, deletedFiles: [] };
}
