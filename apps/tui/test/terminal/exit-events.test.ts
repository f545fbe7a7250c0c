import { EventEmitter } from 'node:events';
import test from 'ava';
import {
  crashReport,
  createShutdown,
  type ExitEvent,
  exitCodeOf,
  watchExitEvents,
} from '../../src/terminal/exit-events.ts';

function watchExit() {
  const process = new EventEmitter();
  const stdin = new EventEmitter();
  const stdout = new EventEmitter();
  const events: ExitEvent[] = [];
  watchExitEvents({ process, stdin, stdout } as never, event => events.push(event));
  return { process, stdin, stdout, events };
}

for (const [signal, exitCode] of [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} exits with code ${exitCode}`, t => {
    const { process, events } = watchExit();
    process.emit(signal);
    t.deepEqual(events, [{ type: 'signal', signal }]);
    t.is(exitCodeOf({ type: 'signal', signal }), exitCode);
  });
}

for (const event of ['uncaughtException', 'unhandledRejection']) {
  test(`an ${event} is a crash: exit code 1 and a crash report`, t => {
    const { process, events } = watchExit();
    const error = new Error('of this app');
    process.emit(event, error);
    const crash = { type: 'crash', error } as const;
    t.deepEqual(events, [crash]);
    t.is(exitCodeOf(crash), 1);
    t.regex(crashReport(crash), /^digits crashed: Error: of this app\n/);
  });
}

test('quitting has exit code 0 and no crash report', t => {
  t.is(exitCodeOf({ type: 'quit' }), 0);
  t.is(crashReport({ type: 'quit' }), '');
});

for (const [stream, event] of [
  ['stdin', 'end'],
  ['stdin', 'error'],
  ['stdout', 'error'],
] as const) {
  test(`${event} on ${stream} means that the terminal hung up`, t => {
    const parts = watchExit();
    parts[stream].emit(event, new Error('EIO'));
    t.deepEqual(parts.events, [{ type: 'signal', signal: 'SIGHUP' }]);
  });
}

function setUpShutdown(finishWork: () => Promise<void>) {
  const log: string[] = [];
  const exited = Promise.withResolvers<void>();
  const shutDown = createShutdown({
    restoreTerminal: () => log.push('restored'),
    finishWork: () => {
      log.push('closing');
      return finishWork();
    },
    writeCrashReport: words => words === '' || log.push(words.slice(0, 21)),
    exit: code => {
      log.push(`exit ${code}`);
      exited.resolve();
    },
  });
  return { shutDown, log, exited: exited.promise };
}

test('the terminal is restored first, then the service ends, then the process', async t => {
  const { shutDown, log, exited } = setUpShutdown(async () => {});
  shutDown({ type: 'quit' });
  await exited;
  t.deepEqual(log, ['restored', 'closing', 'exit 0']);
});

test('a crash report is written once the terminal is restored', async t => {
  const { shutDown, log, exited } = setUpShutdown(async () => {});
  shutDown({ type: 'crash', error: new Error('x') });
  await exited;
  t.deepEqual(log, ['restored', 'digits crashed: Error', 'closing', 'exit 1']);
});

test('a second exit event does not wait, and the first one decides the exit code', t => {
  const { shutDown, log } = setUpShutdown(() => new Promise(() => {}));
  shutDown({ type: 'signal', signal: 'SIGTERM' });
  shutDown({ type: 'signal', signal: 'SIGINT' });
  t.deepEqual(log, ['restored', 'closing', 'exit 143']);
});
