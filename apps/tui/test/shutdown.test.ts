import test from 'ava';
import { createShutdown } from '../src/shutdown.ts';

function setUp(finishWork: () => Promise<void>) {
  const log: string[] = [];
  const exited = Promise.withResolvers<void>();
  const leave = createShutdown({
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
  return { leave, log, exited: exited.promise };
}

test('the terminal is restored first, then the service ends, then the process', async t => {
  const { leave, log, exited } = setUp(async () => {});
  leave({ kind: 'quit' });
  await exited;
  t.deepEqual(log, ['restored', 'closing', 'exit 0']);
});

test('an error is told once the terminal can show it', async t => {
  const { leave, log, exited } = setUp(async () => {});
  leave({ kind: 'crash', error: new Error('x') });
  await exited;
  t.deepEqual(log, ['restored', 'digits crashed: Error', 'closing', 'exit 1']);
});

test('a second way out does not wait, and the first one says the exit code', t => {
  const { leave, log } = setUp(() => new Promise(() => {}));
  leave({ kind: 'signal', signal: 'SIGTERM' });
  leave({ kind: 'signal', signal: 'SIGINT' });
  t.deepEqual(log, ['restored', 'closing', 'exit 143']);
});
