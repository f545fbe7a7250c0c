// Ends a command on a Node that is too old, in one sentence: preloaded (`node -r`) by every command that
// runs TypeScript. npm and npx find the Node 24 in node_modules, which package.json brings for Linux
// (glibc) and for Windows on x64; elsewhere the machine's own Node runs everything. Syntax and names here
// are those of any Node.

const minMajor = 24;

if (Number.parseInt(process.versions.node, 10) < minMajor) {
  process.stderr.write(
    `Node ${minMajor} or later is needed, and this is ${process.version}: install it from ` +
      'https://nodejs.org, then run npm ci again.\n',
  );
  process.exit(1);
}
