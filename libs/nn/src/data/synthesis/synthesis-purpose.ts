// What pictures are synthesised for.

/** Training data and validation data have separate random streams and style parameters. */
export type SynthesisPurpose = 'training' | 'validation';
