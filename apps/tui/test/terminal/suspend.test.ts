import { EventEmitter } from 'node:events';
import test from 'ava';
import { createSuspender } from '../../src/terminal/suspend.ts';

const enterScreen = '\u{1b}[?1049h\u{1b}[?25l\u{1b}[?2004h';
const leaveScreen = '\u{1b}[?2004l\u{1b}[?1049l\u{1b}[?25h';

/** A process that logs what is done with its terminal. */
function setUp(size = { columns: 101, rows: 37 }) {
  const log: string[] = [];
  const process = Object.assign(new EventEmitter(), {
    kill: (_pid: number, signal: string) => log.push(signal),
    platform: 'linux',
  });
  const suspender = createSuspender({
    process: process as never,
    stdout: { ...size, write: text => log.push(text) > 0 },
    releaseInput: () => log.push('release'),
    retakeInput: () => log.push('retake'),
    drawsFrames: true,
    redraw: () => log.push('redraw'),
  });
  const news = () => log.splice(0);
  return { suspender, process, news };
}

test('Ctrl+Z gives the terminal back before the stop, and the app takes it when it is continued', async t => {
  const { suspender, process, news } = setUp();
  suspender.suspend();
  t.deepEqual(news(), ['release', leaveScreen, 'SIGTSTP']);
  suspender.terminal.write('frame');
  process.emit('SIGCONT');
  t.deepEqual(news(), ['retake', enterScreen, 'redraw']);
  suspender.terminal.write('frame');
  t.deepEqual(news(), ['frame']);
});

test('after a stop without notice the terminal is set up once more, input first', t => {
  const { process, news } = setUp();
  process.emit('SIGCONT');
  t.deepEqual(news(), ['release', 'retake', enterScreen, 'redraw']);
});

test('a job that cannot be stopped takes the terminal back, once', async t => {
  const { suspender, process, news } = setUp();
  const resumed = new Promise(resolve => process.once('newListener', resolve));
  suspender.suspend();
  t.is(process.listenerCount('SIGTSTP'), 0);
  await resumed;
  await new Promise(setImmediate);
  t.deepEqual(news().slice(3), ['retake', enterScreen, 'redraw']);
  t.is(process.listenerCount('SIGTSTP'), 1);
});

test('a terminal that was given back for good is not taken by SIGCONT', t => {
  const { suspender, process, news } = setUp();
  suspender.close();
  process.emit('SIGCONT');
  t.deepEqual(news(), []);
});

test('a terminal without a size is drawn on as one of 80×24', t => {
  const { columns, rows } = setUp({ columns: 0, rows: 0 }).suspender.terminal;
  t.deepEqual([columns, rows], [80, 24]);
  t.is(setUp().suspender.terminal.columns, 101);
});
