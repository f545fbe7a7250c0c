// What the preprocessing starts from.

/** A decoded picture, 8 bits a channel, row-major, channels interleaved. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 2: grey and alpha (0 transparent … 255 opaque) */
  readonly channels: 1 | 2;
  /** [height, width, channels] */
  readonly data: Uint8Array;
}

/** One plane of light or ink. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** [height, width], row-major */
  readonly values: Float32Array;
}
