// Floods of input in a real pseudo-terminal: the app can be left in the middle of each, restores the
// terminal and has stored nothing.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { respondSeven, serveFor } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { assertRestored, isReady } from './support/exit-modes.ts';
import { boxInside, mouseReports, recordedDigit } from './support/mouse.ts';
import { openFor } from './support/terminal-session.ts';

/** A linear congruential generator. q, Ctrl+C and Ctrl+Z are left out: they would end or stop the app. */
function randomBytes(length: number, mask = 0xff): string {
  let state = 12_345;
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const byte = (state >>> 16) & mask;
    bytes[index] = [0x03, 0x1a, 0x71].includes(byte) ? 0 : byte;
  }
  return bytes.toString('latin1');
}

const motions = Array.from({ length: 200_000 }, (_, index) => `\x1b[<32;${(index % 28) + 2};5M`);

/** What floods which place, the keys that lead there and a text that is then on the screen. */
const floods: readonly (readonly [name: string, keys: string, shown: string, flood: string])[] = [
  ['control characters in a text field', 's', 'Save as:', randomBytes(40_000, 0x1f)],
  ['random bytes in a text field', ',\r', '(empty: default)', randomBytes(2_000_000)],
  ['random bytes while a digit is corrected', 'f', 'Which digit', randomBytes(2_000_000)],
  ['a paste without brackets while drawing', '', '', 'f7 f3\rt y p y\r'.repeat(50_000)],
  ['a paste that never ends', 's', 'Save as:', `\x1b[200~${'name\r'.repeat(200_000)}`],
  ['mouse reports', '', '', `\x1b[<0;5;5M${motions.join('')}`],
  ['keys in the help', '?', 'Esc back', '\x1b[A\x1bOP\x1b[1;5C'.repeat(100_000)],
  ['a response without an end', '', '', `\x1b]11;${'rgb:'.repeat(200_000)}`],
];

for (const [name, keys, shown, flood] of floods) {
  test.serial(`Ctrl+C ends the app after a flood of ${name}, and nothing is stored`, async t => {
    const service = await serveFor(t, respondSeven);
    const [config, state] = [temporaryFolder(t), temporaryFolder(t)];
    const session = openFor(t, {
      args: ['--api', service.url],
      env: { XDG_CONFIG_HOME: config, XDG_STATE_HOME: state },
    });
    await session.until('a ready service', isReady);
    session.send(mouseReports(recordedDigit(7).strokes, boxInside(session.screen.lines())));
    await session.until('the digit', lines => lines.join('\n').includes('Digit: 7'));
    session.send(keys);
    await session.until('the place', lines => lines.join('\n').includes(shown));
    session.send(flood);
    session.send('\x03');
    t.is(await session.exited(), 0);
    assertRestored(t, session);
    t.false(existsSync(join(config, 'digits')));
    t.false(existsSync(join(state, 'digits')));
  });
}

for (const [signal, code] of [['SIGTERM', 143] as const, ['SIGHUP', 129] as const]) {
  test.serial(
    `${signal} ends the app in the middle of a flood and restores the terminal`,
    async t => {
      const service = await serveFor(t, respondSeven);
      const session = openFor(t, { args: ['--api', service.url] });
      await session.until('a ready service', isReady);
      session.send(`s${motions.join('hello')}`);
      // On a busy machine a report may be cut behind its Escape, which then is the key: it leaves the
      // field, and `o` opens another.
      await session.until('a text field', lines => /(?:Save as|Open):/.test(lines.join('\n')));
      session.kill(signal);
      t.is(await session.exited(), code);
      assertRestored(t, session);
    },
  );
}
