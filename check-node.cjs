// Ends a command on a Node that is too old, in one sentence, and keeps NO_COLOR under Nx: preloaded (`node -r`) by every command that
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

// Nx sets FORCE_COLOR for its tasks even where NO_COLOR (no-color.org) is set, and Node lets FORCE_COLOR win.
if (
  process.env.NO_COLOR &&
  process.env.FORCE_COLOR === 'true' &&
  process.env.NX_TASK_TARGET_TARGET
) {
  delete process.env.FORCE_COLOR;
}
