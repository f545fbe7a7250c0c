import { PassThrough } from 'node:stream';
import test from 'ava';
import { finishSteps } from '../../../cli/shared/run-generator.ts';
import type { MeasuredSets } from '../../../src/evaluation/sets/measure-sets.ts';

const result: MeasuredSets = {
  measurements: { evaluations: [], groups: [], refusal: null },
  worst: [],
};

function* measuring(names: readonly string[]): Generator<string, MeasuredSets> {
  yield* names;
  return result;
}

/** A stream that is no terminal, and what came through it. */
function pipe() {
  const stream = new PassThrough();
  return { stream: stream as unknown as NodeJS.WriteStream, written: () => stream.read() };
}

test('a measurement is drawn on to its end, and a pipe hears nothing of it', async t => {
  const { stream, written } = pipe();
  const { signal } = new AbortController();
  t.is(await finishSteps(measuring(['one', 'two', 'three']), 'measured', stream, signal), result);
  t.is(written(), null);
});

test('what is aborted stops after the set that is being measured', async t => {
  const controller = new AbortController();
  const done: string[] = [];
  function* watched(): Generator<string, MeasuredSets> {
    for (const name of ['one', 'two', 'three']) {
      done.push(name);
      if (name === 'two') controller.abort();
      yield name;
    }
    return result;
  }
  const finished = finishSteps(watched(), 'measured', pipe().stream, controller.signal);
  t.is(await finished.catch(reason => reason), controller.signal.reason);
  t.deepEqual(done, ['one', 'two']);
});

test('between two sets everything else has its turn', async t => {
  const { signal } = new AbortController();
  let turns = 0;
  const count = () => {
    turns++;
    if (turns < 9) setImmediate(count);
  };
  setImmediate(count);
  await finishSteps(measuring(['one', 'two', 'three']), 'measured', pipe().stream, signal);
  t.true(turns >= 2);
});
