// Stops an installation on a Node that is too old, in words. package.json brings Node 24 for Linux
// (glibc) and Windows on x64; elsewhere the machine's own Node runs everything.

const minMajor = 24;

if (Number.parseInt(process.versions.node, 10) < minMajor) {
  process.stderr.write(
    `Node ${minMajor} or later is needed, and this is ${process.version}. The package that brings it is not ` +
      'installed, or there is none for this platform: install Node, then run npm ci again.\n',
  );
  process.exit(1);
}
