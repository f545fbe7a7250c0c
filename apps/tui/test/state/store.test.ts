import test from 'ava';
import { createStore } from '../../src/state/store.ts';
import { exampleState } from './example-state.ts';

const toggle = { type: 'pen-toggled', timeMs: 0 } as const;

test('listeners are called after a change until they unsubscribe', t => {
  const store = createStore(exampleState());
  const heard: boolean[] = [];
  const leave = store.subscribe(() => heard.push(store.getState().pen.isDown));
  store.dispatch(toggle);
  leave();
  store.dispatch(toggle);
  t.deepEqual(heard, [true]);
});

test('an action that changes nothing calls no listener', t => {
  const start = exampleState();
  const store = createStore(start);
  store.subscribe(() => t.fail());
  store.dispatch({ type: 'stroke-ended' });
  t.is(store.getState(), start);
});
