// A command that writes without end and without a line break.

const piece = 'x'.repeat(1 << 16);

function writeOn(): void {
  process.stdout.write(piece, writeOn);
}

writeOn();
