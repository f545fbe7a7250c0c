// The images of a data set that excite each neuron most: what a neuron responds to, shown by examples (Zeiler
// and Fergus 2014). Maximising the activation over the images of a data set gives real pictures, other than
// over all inputs (Erhan, Bengio, Courville and Vincent 2009).

import { createActivations, forward, type Network } from '../engine/network.ts';

/** The strongest images for the neurons of one layer, [N, imagesPerNeuron], the strongest first. */
export interface StrongestImages {
  /** indices of images; −1 where fewer images give an output above 0 */
  readonly images: Float32Array;
  /** the neuron's outputs for them, 0 where there is none */
  readonly outputs: Float32Array;
}

/** Images for each neuron: a square of 3 × 3. */
export const imagesPerNeuron = 9;

/** A search over images that are added batch by batch. */
export interface StrongestImagesSearch {
  /**
   * Runs images through the network and keeps those that excite a neuron more than the ones so far; of
   * equal ones the earlier.
   *
   * @param inputs [images.length, inputs], 0…1, from the model's preprocessing; not kept
   * @param images their indices, at most `capacity`
   */
  readonly add: (inputs: Float32Array, images: readonly number[]) => void;
  /** One for every layer after the input. */
  readonly layers: readonly StrongestImages[];
}

/**
 * Allocates activations in kernel memory, which is never freed: call it once per model.
 *
 * @param capacity maximum number of images in a call of `add`
 * @throws NnError `model-unsupported` when the kernel memory is full
 */
export function searchStrongestImages(network: Network, capacity: number): StrongestImagesSearch {
  const activations = createActivations(network, capacity);
  const layers = network.layers.map(({ outputs }) => ({
    images: new Float32Array(outputs * imagesPerNeuron).fill(-1),
    outputs: new Float32Array(outputs * imagesPerNeuron),
  }));
  return {
    layers,
    add(inputs, images) {
      activations.input.set(inputs);
      forward(network, activations, images.length);
      for (const [l, layer] of layers.entries()) {
        const outputs = activations.outputs[l]!;
        const N = network.layers[l]!.outputs;
        for (const [m, image] of images.entries()) {
          addImage(layer, outputs.subarray(m * N, (m + 1) * N), image);
        }
      }
    },
  };
}

/** @param values [N], the outputs of the layer for the image */
function addImage({ images, outputs }: StrongestImages, values: Float32Array, image: number): void {
  for (let n = 0; n < values.length; n++) {
    const value = values[n]!;
    const start = n * imagesPerNeuron;
    let at = start + imagesPerNeuron - 1;
    if (value <= outputs[at]!) continue;
    for (; at > start && value > outputs[at - 1]!; at--) {
      outputs[at] = outputs[at - 1]!;
      images[at] = images[at - 1]!;
    }
    outputs[at] = value;
    images[at] = image;
  }
}
