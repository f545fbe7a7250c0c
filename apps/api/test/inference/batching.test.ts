import { fileURLToPath } from 'node:url';
import { loadChampion } from '@digits/nn';
import test from 'ava';
import { classifyBatched } from '../../src/inference/batching.ts';
import { classify } from '../../src/inference/classify.ts';
import { loadTinyChampion, loadTinyShadow } from '../support/app.ts';

const modelsDir = fileURLToPath(new URL('../../../../models', import.meta.url));

/** Arbitrary inputs. */
const pictures = Array.from({ length: 150 }, (_, n) =>
  Float32Array.from({ length: 784 }, (__, i) => Math.max(0, Math.sin(i * (n + 1)))),
);

/** A timer that records the stages. */
function createStages() {
  const ended: string[] = [];
  const stages = {
    observe(stage: string) {
      ended.push(stage);
      return 0;
    },
  };
  return { stages, ended };
}

test('batched pictures get the same answers as single ones, to the bit', async t => {
  const champion = await loadChampion(modelsDir);
  const { stages, ended } = createStages();
  const together = await Promise.all(
    pictures.map(pixels => classifyBatched(pixels, champion, stages)),
  );
  t.deepEqual(
    together,
    pictures.map(pixels => classify(pixels, champion)),
  );
  t.true(new Set(together.map(({ digit }) => digit)).size > 1);
  t.is(ended.filter(stage => stage === 'infer').length, pictures.length);
});

test('each picture is classified by its own model', async t => {
  const models = [await loadTinyChampion(), await loadTinyShadow(3)];
  const { stages } = createStages();
  const asked = pictures.slice(0, 20).map((pixels, i) => ({ pixels, model: models[i % 2]! }));
  const answers = await Promise.all(
    asked.map(({ pixels, model }) => classifyBatched(pixels, model, stages)),
  );
  t.deepEqual(
    answers,
    asked.map(({ pixels, model }) => classify(pixels, model)),
  );
});

test('a failing model rejects its own pictures only', async t => {
  const champion = await loadTinyChampion();
  const broken = { ...champion, model: { ...champion.model, network: null as never } };
  const { stages } = createStages();
  const [first, second, other] = await Promise.allSettled([
    classifyBatched(pictures[0]!, broken, stages),
    classifyBatched(pictures[1]!, broken, stages),
    classifyBatched(pictures[2]!, champion, stages),
  ]);
  t.is(first.status, 'rejected');
  t.is(second.status, 'rejected');
  t.deepEqual(other, { status: 'fulfilled', value: classify(pictures[2]!, champion) });
});
