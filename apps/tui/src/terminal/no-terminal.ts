// What is said where the app cannot draw: plain lines, and what to use instead.

/** @param isTerminal of each stream, whether it is a terminal */
export function noTerminalText(isTerminal: {
  readonly stdin: boolean;
  readonly stdout: boolean;
}): string {
  const missing = [
    ...(isTerminal.stdin ? [] : ['its input']),
    ...(isTerminal.stdout ? [] : ['its output']),
  ].join(' and ');
  return [
    `digits draws in a terminal, and ${missing} is none.`,
    'To read pictures without one: npm run predict -- FILE…, or pipe a picture into npm run predict.',
    'To see what a terminal lacks: npm start -- --doctor.',
    '',
  ].join('\n');
}
