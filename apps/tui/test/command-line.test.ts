import test from 'ava';
import { noTerminalText } from '../src/command-line.ts';

test('what is no terminal is named, and so is what to use instead', t => {
  const text = noTerminalText({ stdin: true, stdout: false });
  t.regex(text, /^digits draws in a terminal, and its output is none\.\n/);
  t.regex(text, /npm run predict/);
  t.regex(text, /--doctor/);
});
