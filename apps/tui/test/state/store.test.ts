import test from 'ava';
import { initialState } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';

const START = initialState({ columns: 80, rows: 24 }, { kind: 'starting', missing: undefined });

test('listeners hear of a change when it has happened, until they leave', t => {
  const store = createStore(START);
  const heard: boolean[] = [];
  const leave = store.subscribe(() => heard.push(store.getState().pen.isDown));
  store.dispatch({ type: 'pen-toggled' });
  leave();
  store.dispatch({ type: 'pen-toggled' });
  t.deepEqual(heard, [true]);
});

test('an action that changes nothing is not told', t => {
  const store = createStore(START);
  store.subscribe(() => t.fail());
  store.dispatch({ type: 'stroke-ended' });
  t.is(store.getState(), START);
});
