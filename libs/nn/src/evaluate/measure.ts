// How well a network reads samples it is only shown.
import { gatherBatch, type Samples } from '../data/samples.ts';
import { argmax } from '../loss/softmax.ts';
import { createActivations, forward, type Network } from '../network/network.ts';

export interface Measurement {
  readonly count: number;
  readonly correct: number;
  /** correct / count */
  readonly accuracy: number;
  /** mean cross-entropy, in nats */
  readonly loss: number;
}

const batchSize = 250;

export function measure(network: Network, samples: Samples): Measurement {
  const activations = createActivations(network, batchSize);
  const labels = new Uint8Array(batchSize);
  const order = Uint32Array.from({ length: samples.count }, (_, i) => i);
  const N = network.layers.at(-1)!.outputs;
  const discarded = network.kernels.allocate(batchSize * N);
  let correct = 0;
  let loss = 0;
  for (let start = 0; start < samples.count; start += batchSize) {
    const batch = order.subarray(start, start + batchSize);
    const M = batch.length;
    gatherBatch(samples, batch, activations.input, labels);
    const logits = forward(network, activations, M);
    loss += network.kernels.softmaxCrossEntropy(discarded, logits, labels, { M, N });
    for (let m = 0; m < M; m++) {
      if (argmax(logits.subarray(m * N, (m + 1) * N)) === labels[m]) correct++;
    }
  }
  const { count } = samples;
  return { count, correct, accuracy: correct / count, loss: loss / count };
}
