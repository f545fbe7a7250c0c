// Finds the test images that excite each neuron of the served model most. The search begins with
// the first request for a neuron, runs between requests, and is kept beside the model for the next start.

import { setTimeout as pause } from 'node:timers/promises';
import {
  imagesPerNeuron,
  type LoadedModel,
  type ModelsFolder,
  type NeuronPosition,
  NnError,
  networkInputs,
  preprocess,
  readStrongestImages,
  type SearchedImages,
  type StrongestImages,
  searchStrongestImages,
  type TestImages,
  writeStrongestImages,
} from '@digits/nn';
import type { Neuron } from '@digits/protocol';
import type { FastifyBaseLogger } from 'fastify';
import { roundNumber } from './explain.ts';

export interface NeuronExamplesOptions {
  readonly folder: ModelsFolder;
  /** Rejects with NnError `data-missing` where there are none, as in a deployment. */
  readonly loadImages: () => Promise<TestImages>;
  readonly log: FastifyBaseLogger;
}

export type Examples = Pick<Neuron, 'examples' | 'examplesStatus'>;

/** In one piece of the search: takes as long as the largest batch of predictions. */
const batchSize = 8;

/** Names the model by its digest: a reference would keep its memory after another one is served. */
interface Search {
  readonly sha256: string;
  readonly aborting: AbortController;
  /** undefined while it runs and after it failed. */
  found?: { readonly test: TestImages; readonly layers: readonly StrongestImages[] };
  hasFailed?: boolean;
}

/** The examples of one model at a time: a search for another model ends the one before. */
export class NeuronExamples {
  readonly #options: NeuronExamplesOptions;
  #current: Search | undefined;
  #images: Promise<TestImages> | undefined;

  constructor(options: NeuronExamplesOptions) {
    this.#options = options;
  }

  /** Starts the search for a model at its first call. */
  of(champion: LoadedModel, position: NeuronPosition): Examples {
    if (this.#current?.sha256 !== champion.sha256) this.#start(champion);
    const { found, hasFailed } = this.#current!;
    if (found) {
      return { examples: examplesAt(position, found.layers, found.test), examplesStatus: 'ready' };
    }
    return { examples: null, examplesStatus: hasFailed ? 'unavailable' : 'computing' };
  }

  close(): void {
    this.#current?.aborting.abort();
  }

  #start(champion: LoadedModel): void {
    this.close();
    const search: Search = { sha256: champion.sha256, aborting: new AbortController() };
    this.#current = search;
    this.#run(search, champion).catch(error => {
      search.hasFailed = true;
      if (!search.aborting.signal.aborted) this.#report(error);
    });
  }

  /** Without the data set is how a deployment runs, and no failure. */
  #report(error: Error): void {
    const { log } = this.#options;
    const isMissing = error instanceof NnError && error.code === 'data-missing';
    if (isMissing) log.info({ reason: error.message }, 'neurons have no examples');
    else log.error({ err: error }, 'the examples of neurons cannot be computed');
  }

  async #run(search: Search, champion: LoadedModel): Promise<void> {
    const { folder } = this.#options;
    const test = await this.#loadImages();
    const searched = { sha256: test.sha256, count: test.images.count };
    const kept = await readStrongestImages(folder, champion, searched);
    const layers = kept ?? (await searchImages(champion, test, search.aborting.signal));
    search.found = { test, layers };
    if (!kept) await this.#keep(champion, searched, layers);
  }

  /** Loads them once; after a failure the next model tries again. */
  #loadImages(): Promise<TestImages> {
    this.#images ??= this.#options.loadImages().catch(error => {
      this.#images = undefined;
      throw error;
    });
    return this.#images;
  }

  async #keep(champion: LoadedModel, searched: SearchedImages, layers: readonly StrongestImages[]) {
    const { folder, log } = this.#options;
    try {
      await writeStrongestImages(folder, champion, searched, layers);
    } catch (error) {
      const reason = (error as Error).message;
      log.info({ reason }, 'the examples of neurons are computed again at the next start');
    }
  }
}

/**
 * Runs all images through the network, a batch at a time, and rests after each batch as long as it took, so
 * that at least half of the event loop is left for requests.
 */
async function searchImages(
  { model }: LoadedModel,
  { images: { count, rows, columns, pixels } }: TestImages,
  signal: AbortSignal,
): Promise<readonly StrongestImages[]> {
  const search = searchStrongestImages(model.network, batchSize);
  const inputs = new Float32Array(batchSize * networkInputs);
  const size = rows * columns;
  for (let start = 0; start < count; start += batchSize) {
    const startMs = performance.now();
    const batch = Array.from({ length: Math.min(batchSize, count - start) }, (_, m) => start + m);
    for (const [m, image] of batch.entries()) {
      const data = pixels.subarray(image * size, (image + 1) * size);
      const ink = preprocess({ width: columns, height: rows, channels: 1, data });
      inputs.set(ink ?? new Float32Array(networkInputs), m * networkInputs);
    }
    search.add(inputs, batch);
    await pause(performance.now() - startMs, undefined, { ref: false, signal });
  }
  return search.layers;
}

function examplesAt(
  { layer, index }: NeuronPosition,
  layers: readonly StrongestImages[],
  { images: { rows, columns, pixels, labels } }: TestImages,
) {
  const { images, outputs } = layers[layer - 1]!;
  const start = index * imagesPerNeuron;
  const size = rows * columns;
  const places = Array.from({ length: imagesPerNeuron }, (_, i) => start + i);
  return places
    .filter(place => images[place]! >= 0)
    .map(place => {
      const image = images[place]!;
      const bytes = pixels.subarray(image * size, (image + 1) * size);
      return {
        index: image,
        label: labels[image]!,
        activation: roundNumber(outputs[place]!),
        pixels: Buffer.from(bytes).toString('base64'),
      };
    });
}
