import test from 'ava';
import { noTerminalText } from '../src/command-line.ts';

test('the message names the stream that is not a terminal, and what to use instead', t => {
  const text = noTerminalText({ stdin: true, stdout: false });
  t.regex(text, /^digits needs a terminal for its output\.\n/);
  t.regex(text, /npm run predict/);
  t.regex(text, /--doctor/);
});
