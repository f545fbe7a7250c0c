// Ctrl+Z and `fg` in a shell with job control: the shell gets its terminal as it was, and the app
// resumes with its drawing.

import pty from '@lydell/node-pty';
import test, { type ExecutionContext } from 'ava';
import { createScreen, pixelsOn } from '../emulated-screen.ts';
import { respondSeven, serveFor } from '../fake-service.ts';
import { inheritedEnvironment } from './support/environment.ts';
import { boxInside, mouseReports, recordedDigit } from './support/mouse.ts';
import { bundlePath } from './support/terminal-session.ts';

const modesOff = ['?1006l', '?1002l', '?2004l', '?1049l', '?25h'].map(mode => `\u{1b}[${mode}`);
const modesOn = ['?1049h', '?2004h', '?1002h', '?1006h'].map(mode => `\u{1b}[${mode}`);

/** An interactive shell and the screen in front of it. */
function openShell(t: ExecutionContext) {
  const screen = createScreen(80, 24);
  const shell = pty.spawn('bash', ['--noprofile', '--norc', '-i'], {
    name: 'xterm-256color',
    cols: 80,
    rows: 24,
    env: { ...inheritedEnvironment(), PS1: 'shell> ', HISTFILE: '' },
  });
  // A shell that waits for a line may defer SIGHUP, node-pty's default, until the next key.
  t.teardown(() => shell.kill('SIGKILL'));
  let written = '';
  let shown = Promise.resolve();
  let onShown = () => {};
  shell.onData(output => {
    written += output;
    shown = shown.then(() => screen.write(output)).then(() => onShown());
  });
  screen.onAnswer(answer => shell.write(answer));
  const until = (isSeen: () => boolean) =>
    new Promise<void>(resolve => {
      onShown = () => isSeen() && resolve();
      onShown();
    });
  let reported = 0;
  /** @returns the output since the last call */
  function news(): string {
    const latest = written.slice(reported);
    reported = written.length;
    return latest;
  }
  return { screen, until, news, send: (input: string) => shell.write(input) };
}

test.serial('Ctrl+Z gives the terminal to the shell, and fg resumes with the drawing', async t => {
  const service = await serveFor(t, respondSeven);
  const { screen, until, news, send } = openShell(t);
  const text = () => screen.lines().join('\n');
  send(`'${process.execPath}' '${bundlePath}' --api ${service.url}\r`);
  await until(() => text().includes('╰') && text().includes('Service ready'));
  send(mouseReports(recordedDigit(7).strokes, boxInside(screen.lines())));
  await until(() => text().includes('Digit: 7'));
  const drawn = pixelsOn(screen);
  t.true(drawn.some(pixel => pixel > 200));

  news();
  send('\u{1a}');
  await until(() => text().includes('Stopped'));
  const leaving = news();
  for (const mode of modesOff) t.true(leaving.includes(mode), JSON.stringify(mode));
  t.false(text().includes('╭'));
  send('echo the sum is $((19 + 23))\r');
  await until(() => text().includes('the sum is 42'));

  news();
  send('fg\r');
  await until(() => text().includes('╰') && text().includes('Digit: 7'));
  const coming = news();
  for (const mode of modesOn) t.true(coming.includes(mode), JSON.stringify(mode));
  t.deepEqual(pixelsOn(screen), drawn);
  send(mouseReports(recordedDigit(1).strokes, boxInside(screen.lines())));
  await until(() => JSON.stringify(pixelsOn(screen)) !== JSON.stringify(drawn));

  send('q');
  await until(() => !text().includes('╭') && text().includes('the sum is 42'));
  send('echo exit code $?\r');
  await until(() => text().includes('exit code 0'));
  t.pass();
});

test.serial('for a screen reader fg repeats the sentences on the main screen', async t => {
  const service = await serveFor(t, respondSeven);
  const { screen, until, news, send } = openShell(t);
  const text = () => screen.lines().join('\n');
  send(`'${process.execPath}' '${bundlePath}' --api ${service.url} --screen-reader\r`);
  await until(() => text().includes('Service ready'));
  send('\u{1a}');
  await until(() => text().includes('Stopped'));
  send('clear; echo the sum is $((19 + 23))\r');
  await until(() => text().includes('the sum is 42') && !text().includes('Service ready'));
  send('fg\r');
  await until(() => text().includes('Service ready') && text().includes('the sum is 42'));
  send(' ');
  await until(() => text().includes('The predicted digit is 7'));
  t.true(text().includes('the sum is 42'));
  t.false(news().includes('?1049'));
  send('q');
  await until(() => text().trimEnd().endsWith('shell>'));
});
