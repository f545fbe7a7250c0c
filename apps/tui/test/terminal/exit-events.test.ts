import { EventEmitter } from 'node:events';
import test from 'ava';
import {
  crashReport,
  type ExitEvent,
  exitCodeOf,
  watchExitEvents,
} from '../../src/terminal/exit-events.ts';

function setUp() {
  const process = new EventEmitter();
  const stdin = new EventEmitter();
  const stdout = new EventEmitter();
  const ways: ExitEvent[] = [];
  watchExitEvents({ process, stdin, stdout } as never, way => ways.push(way));
  return { process, stdin, stdout, ways };
}

for (const [signal, exitCode] of [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} is a way out with exit code ${exitCode}`, t => {
    const { process, ways } = setUp();
    process.emit(signal);
    t.deepEqual(ways, [{ kind: 'signal', signal }]);
    t.is(exitCodeOf({ kind: 'signal', signal }), exitCode);
  });
}

for (const event of ['uncaughtException', 'unhandledRejection']) {
  test(`an ${event} is a crash: exit code 1 and the error as last words`, t => {
    const { process, ways } = setUp();
    const error = new Error('of this app');
    process.emit(event, error);
    const crash = { kind: 'crash', error } as const;
    t.deepEqual(ways, [crash]);
    t.is(exitCodeOf(crash), 1);
    t.regex(crashReport(crash), /^digits crashed: Error: of this app\n/);
  });
}

test('quitting has exit code 0 and nothing to say', t => {
  t.is(exitCodeOf({ kind: 'quit' }), 0);
  t.is(crashReport({ kind: 'quit' }), '');
});

for (const [stream, event] of [
  ['stdin', 'end'],
  ['stdin', 'error'],
  ['stdout', 'error'],
] as const) {
  test(`${event} on ${stream} means that the terminal hung up`, t => {
    const parts = setUp();
    parts[stream].emit(event, new Error('EIO'));
    t.deepEqual(parts.ways, [{ kind: 'signal', signal: 'SIGHUP' }]);
  });
}
