import { type Prediction, rasterOf } from '@digits/client';
import test from 'ava';
import type { Page } from '../src/page.ts';
import { createPracticePanel } from '../src/practice.ts';
import { drawn, initialState, type State } from '../src/state.ts';
import { createStore } from '../src/store.ts';

class FakeElement extends EventTarget {
  readonly checked = true;
  open = false;
  getAttribute = () => null;
}

test('practice keeps the drawing that was checked, also if more is drawn before its prediction', async t => {
  const elements = new Map<string, FakeElement>();
  const getElementById = (id: string) =>
    elements.get(id) ?? elements.set(id, new FakeElement()).get(id)!;
  Object.assign(globalThis, { document: { getElementById }, requestAnimationFrame() {} });
  const predicted = Promise.withResolvers<Prediction | undefined>();
  const saved = Promise.withResolvers<unknown>();
  const store = createStore<State>(initialState);
  const page = {
    store,
    commands: {},
    predict: () => predicted.promise,
    corrections: { save: async (...submission: unknown[]) => saved.resolve(submission) },
  };
  const panel = getElementById('practice');
  createPracticePanel(panel as unknown as HTMLDetailsElement, page as unknown as Page);
  panel.open = true;
  panel.dispatchEvent(new Event('toggle'));
  const draw = (x: number) =>
    store.set(drawn(store.get(), { type: 'stroke-began', at: [x, 14], timeMs: 0 }));
  draw(9);
  const checked = rasterOf(store.get());
  // The next digit is asked for as soon as this one is read.
  const { target } = store.get().practice!;
  getElementById('check').dispatchEvent(new Event('click'));
  draw(20);
  const model = { name: 'digits', version: 'v1' };
  const probabilities = Array(10).fill(0.1);
  predicted.resolve({ digit: 1, confidence: 0.1, probabilities, reason: null, model });
  t.deepEqual(await saved.promise, [checked, target, 'practice']);
});
