// How long one picture takes from pixels to probabilities, on the best backend.
import type { Dataset } from '../src/data/dataset.ts';
import { chooseKernels } from '../src/kernels/choose.ts';
import { classify, createModel, type Model } from '../src/network/model.ts';
import { createNetwork } from '../src/network/network.ts';
import { Random } from '../src/random.ts';
import { layerSizes } from './epoch.ts';
import { type Goal, type Measurement, measurement, medianOf } from './measurement.ts';
import { announce, type Session } from './session.ts';

const calls = 2000;
const memoryBytes = 16 << 20;
const goal: Goal = { atMost: 0.15 };

/** The weights are random, the pictures real; each run is the median of 2,000 single calls. */
export async function measureInference(session: Session, images: Dataset): Promise<Measurement> {
  const model = createUntrainedModel();
  const size = images.rows * images.columns;
  const pictures = Array.from({ length: calls }, (_, i) =>
    Float32Array.from(images.pixels.subarray(i * size, (i + 1) * size), ink => ink / 255),
  );
  const name = `inference, batch 1, ${model.network.kernels.name}`;
  for (const picture of pictures) classify(model, picture); // compiles
  const values: number[] = [];
  for (let run = 1; run <= session.runs; run++) {
    await announce(session, name, run);
    values.push(medianOf(pictures.map(picture => timeMs(model, picture))));
  }
  return measurement(name, 'ms', values, goal);
}

function createUntrainedModel(): Model {
  const network = createNetwork(chooseKernels(memoryBytes).kernels, new Random(1), layerSizes);
  return createModel(network, {
    layerSizes,
    preprocessing: 'none',
    temperature: 1,
    seed: '1',
    trainedOn: 'nothing',
    acceptance: null,
    accuracy: null,
  });
}

function timeMs(model: Model, picture: Float32Array): number {
  const started = performance.now();
  classify(model, picture);
  return performance.now() - started;
}
