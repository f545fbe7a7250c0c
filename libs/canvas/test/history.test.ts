import test from 'ava';
import fc from 'fast-check';
import {
  amend,
  type History,
  maxUndoSteps,
  record,
  redo,
  startHistory,
  undo,
} from '../src/history.ts';

type Step = (history: History<number>) => History<number>;

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.nat().map(
      (value): Step =>
        history =>
          record(history, value),
    ),
    fc.nat().map(
      (value): Step =>
        history =>
          amend(history, value),
    ),
    fc.constantFrom<Step>(undo, redo),
  ),
);

const histories = steps.map(taken =>
  taken.reduce((history, step) => step(history), startHistory(0)),
);

test('redo after undo is the identity, and undo after redo', t => {
  const property = fc.property(histories, history => {
    if (history.past.length > 0) t.deepEqual(redo(undo(history)), history);
    if (history.future.length > 0) t.deepEqual(undo(redo(history)), history);
  });
  fc.assert(property);
});

test('undo restores the value before the recorded one', t => {
  const property = fc.property(histories, fc.nat(), (history, value) => {
    fc.pre(value !== history.present);
    t.is(undo(record(history, value)).present, history.present);
  });
  fc.assert(property);
});

test('an amendment is undone with its step', t => {
  const history = amend(record(startHistory(2), 3), 5);
  t.is(history.present, 5);
  t.is(undo(history).present, 2);
});

test('a new step discards what could be redone', t => {
  const undone = undo(record(startHistory(2), 3));
  t.deepEqual(record(undone, 7).future, []);
});

test('recording the present value adds no step, and with nothing to undo or redo nothing changes', t => {
  const history = startHistory(2);
  t.is(record(history, 2), history);
  t.is(undo(history), history);
  t.is(redo(history), history);
});

test('a history has a bounded length and drops the oldest step', t => {
  let history = startHistory(0);
  for (let value = 1; value <= maxUndoSteps + 7; value++) history = record(history, value);
  t.is(history.past.length, maxUndoSteps);
  t.is(history.past[0], 7);
});
