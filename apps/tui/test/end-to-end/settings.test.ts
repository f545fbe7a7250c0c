// Settings in a real pseudo-terminal: changes apply at once, and in the next session.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { canvasOn } from '../emulated-screen.ts';
import { respondSeven, serveFor } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { TerminalSession } from './support/terminal-session.ts';
import { openFor } from './support/terminal-session.ts';

const shows = (text: string) => (lines: readonly string[]) => lines.join('\n').includes(text);
const deleteKey = '\u{7f}';

/** The background colour of the canvas: dark or light. */
function paperOf({ screen }: TerminalSession): number | undefined {
  const { left, top } = canvasOn(screen);
  return screen.cell(left, top).background;
}

test.serial('another service, a light theme and no live prediction persist', async t => {
  const [first, second] = [await serveFor(t, respondSeven), await serveFor(t, respondSeven)];
  const XDG_CONFIG_HOME = temporaryFolder(t);
  mkdirSync(join(XDG_CONFIG_HOME, 'digits'));
  const file = join(XDG_CONFIG_HOME, 'digits', 'settings.json');
  writeFileSync(file, JSON.stringify({ apiUrl: first.url, theme: 'dark' }));

  const session = openFor(t, { env: { XDG_CONFIG_HOME } });
  await session.until('the first service', shows(`running at ${first.url}`));
  t.is(paperOf(session), 0x000000);
  session.send(',\r');
  await session.until('the address', shows(`default): ${first.url}`));
  session.send(deleteKey.repeat(first.url.length) + second.url);
  await session.until('the other address', shows(`default): ${second.url}`));
  session.send('\r');
  await session.until('the second service', shows(`running at ${second.url}`));
  session.send(',j ');
  await session.until('no reading', shows('Live prediction     no'));
  session.send('j  ');
  const isLight = () => paperOf(session) === 0xffffff;
  await session.until(
    'light paper',
    lines => shows('Theme               light')(lines) && isLight(),
  );
  // Quits at once: the last change is written all the same.
  session.send('q');
  t.is(await session.exited(), 0);

  const again = openFor(t, { env: { XDG_CONFIG_HOME } });
  await again.until('the second service', shows(`running at ${second.url}`));
  again.send(',');
  await again.until('no reading', shows('Live prediction     no'));
  t.true(shows('Theme               light')(again.screen.lines()));
  t.is(paperOf(again), 0xffffff);
  again.send('q');
  t.is(await again.exited(), 0);
});
