// Probes: pictures that the network answers while it is trained, from the files of --probe or drawn
// meanwhile.

import type { ProbeAnswer } from '@digits/protocol';
import { digitCount } from '../../../src/data/dataset.ts';
import {
  type Activations,
  createActivations,
  forward,
  type Network,
} from '../../../src/engine/network.ts';
import { argmax, softmax } from '../../../src/engine/softmax.ts';
import type { Picture } from '../../../src/preprocess/picture.ts';
import { preprocess } from '../../../src/preprocess/preprocess.ts';

/** A picture to answer. */
export interface Probe {
  readonly name: string;
  /** [784] ink 0…1 after preprocessing; undefined for a blank picture */
  readonly input: Float32Array | undefined;
}

/** Reads the pictures of --probe. @throws NnError what `readPicture` throws */
export async function readProbes(paths: readonly string[]): Promise<Probe[]> {
  if (paths.length === 0) return [];
  const { readPicture } = await import('../../shared/read-picture.ts');
  return Promise.all(paths.map(async path => probeOf(path, await readPicture(path))));
}

/** Preprocesses a picture as training and service do. */
export function probeOf(name: string, picture: Picture): Probe {
  return { name, input: preprocess(picture) };
}

/** Computes the answers of a network. */
export type AnswerProbes = (network: Network, probes: readonly Probe[]) => ProbeAnswer[];

/**
 * Creates an `AnswerProbes` for networks of one size. With the first call it allocates activations in kernel
 * memory, which are never freed.
 *
 * @param maxProbes the largest number of probes in a call
 */
export function createProbeAnswers(maxProbes: number): AnswerProbes {
  let activations: Activations | undefined;
  return (network, probes) => {
    activations ??= createActivations(network, maxProbes);
    const inked = probes.filter(({ input }) => input !== undefined);
    for (const [m, { input }] of inked.entries()) activations.input.set(input!, m * input!.length);
    const logits = inked.length === 0 ? undefined : forward(network, activations, inked.length);
    return probes.map(probe => {
      const m = inked.indexOf(probe);
      if (!logits || m < 0) return blankAnswer(probe.name);
      const probabilities = softmax(logits.subarray(m * digitCount, (m + 1) * digitCount), 1);
      return {
        picture: probe.name,
        digit: argmax(probabilities),
        probabilities: [...probabilities],
      };
    });
  };
}

/** The service's answer to a blank picture. */
function blankAnswer(picture: string): ProbeAnswer {
  const probabilities = new Array<number>(digitCount).fill(1 / digitCount);
  return { picture, digit: null, probabilities };
}
