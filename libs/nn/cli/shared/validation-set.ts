// Names the samples that figures were measured on, so that only figures of the same samples are compared.

import { wholeNumber } from '../../src/evaluation/metrics/format.ts';

/** The name of the validation images alone, which is the same for all trainings on the same data. */
export function nameOfValidationImages(data: string): string {
  return `${data} validation images`;
}

/**
 * The name of a training's validation samples: images, and samples that were synthesised or recorded as its
 * recipe says.
 *
 * @param data for example 'MNIST'
 */
export function nameOfValidationSamples(data: string, images: number, samples: number): string {
  const others = samples - images;
  const name = nameOfValidationImages(data);
  return others === 0 ? name : `${name} and ${wholeNumber(others)} others`;
}

/** The name of validation samples of which only the number is known. */
export function nameOfUnknownSamples(samples: number): string {
  return `${wholeNumber(samples)} validation samples`;
}
