import { fileURLToPath } from 'node:url';
import { type LoadedModel, loadChampion } from '@digits/nn';
import test, { type ExecutionContext } from 'ava';
import { BatchThread } from '../../src/inference/batch-thread/batch-thread.ts';
import { Batches } from '../../src/inference/batch-thread/batches.ts';
import { classifyMany } from '../../src/inference/classify.ts';
import { loadTinyChampion, loadTinyShadow } from '../support/app.ts';

const modelsDir = fileURLToPath(new URL('../../../../models', import.meta.url));

/** [count, 784] arbitrary inputs. */
function batchOf(count: number, phase: number): Float32Array {
  return Float32Array.from({ length: 784 * count }, (_, i) => Math.max(0, Math.sin(i * phase)));
}

function expectedFor(champion: LoadedModel, images: Float32Array) {
  const { probabilities, digits } = classifyMany(champion, images, images.length / 784);
  return { probabilities: probabilities.slice(), digits: digits.slice() };
}

function failOn(t: ExecutionContext) {
  return (error: Error) => t.fail(error.message);
}

/** A thread that has loaded the model. */
async function startThread(t: ExecutionContext, champion: LoadedModel) {
  const { promise: ready, resolve: onReady } = Promise.withResolvers<void>();
  const options = { wideVectors: true, onReady, onFailure: failOn(t) };
  const thread = new BatchThread(champion, options);
  t.teardown(() => thread.close());
  t.is(await thread.classify(batchOf(1, 1), 1), undefined, 'it does not wait for the start');
  await ready;
  return thread;
}

/** A thread with this script in place of its own. */
function startScript(script: string, onFailure: (error: Error) => void) {
  const { promise: ready, resolve: onReady } = Promise.withResolvers<void>();
  return { ready, options: { wideVectors: false, onReady, onFailure, script: dataUrl(script) } };
}

function dataUrl(script: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}

test('a thread classifies many batches at once as the event loop does, to the bit', async t => {
  const champion = await loadChampion(modelsDir);
  const thread = await startThread(t, champion);
  const batches = Array.from({ length: 20 }, (_, i) => batchOf(i === 0 ? 64 : i, i + 1));
  const results = await Promise.all(
    batches.map(images => thread.classify(images, images.length / 784)),
  );
  t.deepEqual(
    results,
    batches.map(images => expectedFor(champion, images)),
  );
});

/** Ends with the first batch. */
const dying = `import { parentPort } from 'node:worker_threads';
  parentPort.on('message', () => process.exit());
  parentPort.postMessage('ready');`;

test('batches in a thread that ends are returned to the caller, and so are all later ones', async t => {
  const { ready, options } = startScript(dying, failOn(t));
  const thread = new BatchThread(await loadTinyChampion(), options);
  await ready;
  const images = batchOf(1, 1);
  const together = [1, 2, 3, 4].map(() => thread.classify(images, 1));
  t.deepEqual(await Promise.all(together), [undefined, undefined, undefined, undefined]);
  t.is(await thread.classify(images, 1), undefined);
});

test('batches that wait for a thread that ends are classified in turns of the event loop of their own', async t => {
  const champion = await loadTinyChampion();
  const { ready, options } = startScript(dying, failOn(t));
  const batches = new Batches({ ...options, mayHaveThread: () => true });
  t.teardown(() => batches.close());
  const images = batchOf(16, 1);
  await batches.classify(champion, images, 16);
  await ready;
  let turn = 0;
  let timer = setImmediate(function next() {
    turn++;
    timer = setImmediate(next);
  });
  const turns = await Promise.all(
    Array.from({ length: 20 }, async () => {
      t.deepEqual(await batches.classify(champion, images, 16), expectedFor(champion, images));
      return turn;
    }),
  );
  clearImmediate(timer);
  t.is(new Set(turns).size, 20);
});

test('without a thread that can start, batches are classified, and the failure is reported once', async t => {
  const champion = await loadTinyChampion();
  const failures: string[] = [];
  const { promise: failed, resolve } = Promise.withResolvers<void>();
  const { options } = startScript('throw new Error("no memory");', error => {
    failures.push(error.message);
    resolve();
  });
  const batches = new Batches({ ...options, mayHaveThread: () => true });
  const images = batchOf(64, 1);
  t.deepEqual(await batches.classify(champion, images, 64), expectedFor(champion, images));
  await failed;
  t.deepEqual(await batches.classify(champion, images, 64), expectedFor(champion, images));
  t.deepEqual(failures, ['no memory']);
  await batches.close();
});

test('a new champion has a thread of its own; a request that began with the one before is answered', async t => {
  const [before, after] = [await loadTinyChampion(), await loadTinyShadow(3)];
  const images = batchOf(32, 2);
  let served = before;
  let starts = 0;
  let onReady = () => {};
  const batches = new Batches({
    ...{ wideVectors: false, onFailure: failOn(t) },
    mayHaveThread: champion => champion === served,
    onReady() {
      starts++;
      onReady();
    },
  });
  t.teardown(() => batches.close());
  for (const champion of [before, after]) {
    const { promise: ready, resolve } = Promise.withResolvers<void>();
    onReady = resolve;
    served = champion;
    t.deepEqual(await batches.classify(champion, images, 32), expectedFor(champion, images));
    await ready;
    t.deepEqual(await batches.classify(champion, images, 32), expectedFor(champion, images));
  }
  t.deepEqual(await batches.classify(before, images, 32), expectedFor(before, images));
  t.is(starts, 2);
});

/** Starts, and is never ready. */
const starting = 'setInterval(() => {}, 1e6);';

test('a batch that began with the champion before takes no thread from the new one', async t => {
  const [before, after] = [await loadTinyChampion(), await loadTinyShadow(3)];
  const { options } = startScript(starting, failOn(t));
  let ends = 0;
  const batches = new Batches({
    ...options,
    mayHaveThread: champion => champion === after,
    onEnd: () => ends++,
  });
  const images = batchOf(16, 1);
  await batches.classify(after, images, 16);
  t.deepEqual(await batches.classify(before, images, 16), expectedFor(before, images));
  await batches.close();
  t.is(ends, 1);
});

test('a thread without batches ends, and the next batch starts another one', async t => {
  const champion = await loadTinyChampion();
  const { options } = startScript(starting, failOn(t));
  let onEnd = () => {};
  const batches = new Batches({
    ...options,
    mayHaveThread: () => true,
    idleMs: 1,
    onEnd: () => onEnd(),
  });
  const images = batchOf(8, 1);
  for (let start = 0; start < 2; start++) {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    onEnd = resolve;
    t.deepEqual(await batches.classify(champion, images, 8), expectedFor(champion, images));
    await ended;
  }
});

test('small batches, and those of a service without a thread, are classified on the event loop', async t => {
  const champion = await loadTinyChampion();
  const options = { wideVectors: false, onReady: () => t.fail(), onFailure: failOn(t) };
  const script = dataUrl('throw new Error("started");');
  const batches = new Batches({ ...options, mayHaveThread: () => true, script });
  t.deepEqual(
    await batches.classify(champion, batchOf(7, 1), 7),
    expectedFor(champion, batchOf(7, 1)),
  );
  const disabled = new Batches({ ...options, mayHaveThread: () => false, script });
  t.deepEqual(
    await disabled.classify(champion, batchOf(64, 1), 64),
    expectedFor(champion, batchOf(64, 1)),
  );
});
