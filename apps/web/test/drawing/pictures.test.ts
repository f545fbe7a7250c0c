import { type Prediction, rasterOf } from '@digits/client';
import test from 'ava';
import { createPictureOpener } from '../../src/drawing/pictures.ts';
import { drawn, initialState, type State } from '../../src/state.ts';
import { createStore } from '../../src/store.ts';

const seen = Array.from({ length: 784 }, (_, index) => (index > 400 && index < 420 ? 1 : 0));
const model = { name: 'digits', version: 'v1' };
const prediction: Prediction = {
  ...{ digit: 1, confidence: 0.9, probabilities: Array(10).fill(0.1), reason: null, model, seen },
};

/** A page whose pictures are read when the test says so. */
function start() {
  const store = createStore<State>(initialState);
  const answers: (() => void)[] = [];
  const open = createPictureOpener(store, {
    predict: () => new Promise(resolve => answers.push(() => resolve(prediction))),
    send: () => Promise.reject(),
    connect: () => Promise.reject(),
  });
  const png = () => new Blob(['picture'], { type: 'image/png' });
  const settle = () => new Promise(resolve => setImmediate(resolve));
  return { store, answers, open, png, settle };
}

test('a picture becomes the drawing', async t => {
  const { store, answers, open, png, settle } = start();
  const opened = open(png());
  await settle();
  answers[0]!();
  await opened;
  t.is(store.get().picture?.raster, rasterOf(store.get()));
  t.is(store.get().notice, undefined);
});

test('a stroke that was begun meanwhile is kept, and the picture is not opened', async t => {
  const { store, answers, open, png, settle } = start();
  const opened = open(png());
  await settle();
  store.set(drawn(store.get(), { type: 'stroke-began', at: [9, 9], timeMs: 0 }));
  answers[0]!();
  await settle();
  store.set(drawn(store.get(), { type: 'stroke-continued', to: [9, 15], timeMs: 0 }));
  const stroke = rasterOf(store.get());
  store.set(drawn(store.get(), { type: 'stroke-ended' }));
  await opened;
  t.is(rasterOf(store.get()), stroke);
  t.regex(store.get().notice?.text ?? '', /is not opened/);
});

test('of two pictures the one that was opened last is shown, whichever is read first', async t => {
  const { store, answers, open, png, settle } = start();
  const [first, second] = [png(), png()];
  const opened = [open(first), open(second)];
  await settle();
  answers[1]!();
  await settle();
  answers[0]!();
  await Promise.all(opened);
  t.is(store.get().picture?.file, second);
});

test('what is no picture gets a sentence that says what can be opened', async t => {
  const { store, open } = start();
  for (const file of [undefined, new Blob(['<svg/>'], { type: 'image/svg+xml' })]) {
    store.set({ notice: undefined });
    await open(file);
    t.regex(store.get().notice?.text ?? '', /^Only a picture can be opened/);
  }
});

test.serial(
  'the decoded pixels of a picture are freed, also if it cannot be made smaller',
  async t => {
    const { open, answers, png, settle } = start();
    let closed = 0;
    const decoding = (side: number) =>
      Object.assign(globalThis, {
        createImageBitmap: async () => ({ width: side, height: side, close: () => closed++ }),
      });
    decoding(28);
    const opened = open(png());
    await settle();
    t.is(closed, 1);
    // There is no document to make it smaller with.
    decoding(4000);
    const large = open(png());
    await settle();
    t.is(closed, 2);
    for (const answer of answers) answer();
    await Promise.all([opened, large]);
    Reflect.deleteProperty(globalThis, 'createImageBitmap');
  },
);
