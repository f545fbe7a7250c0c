// Chooses how the channels of a colour picture are mixed to grey: as luma or, where ink and paper are of
// like luma (dark green on red, light yellow on white), along the direction in which their colours differ.

/** A colour, or a direction of colours. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** grey = offset + Σ weight · channel, in 0…255 */
export interface GreyWeights {
  /** their absolute values sum to 1 */
  readonly weights: Rgb;
  /** 255 · Σ |negative weight|: a channel of negative weight is inverted */
  readonly offset: number;
}

/** ITU-R BT.601, section 2.5.1. */
const luma: GreyWeights = { weights: [0.299, 0.587, 0.114], offset: 0 };

/** An RGB or RGBA picture, 8 bits a channel, interleaved. */
export interface ColourPicture {
  readonly width: number;
  readonly channels: 3 | 4;
  readonly pixels: Uint8Array;
}

/** Enough for some hundred pixels of a thin stroke. */
const maxSamples = 16_384;

/** Luma is kept if it has at least this fraction of the largest contrast, … */
const minLumaFraction = 0.5;

/** … or this contrast in grey levels: twice that below which a picture is blank. */
const sufficientLumaContrast = 51;

/** Smallest difference of ink from paper in a channel; chroma noise of JPEG is weaker. */
const minDifference = 16;

/** Smallest difference in median absolute deviations of the channel: about 4 σ of normal noise. */
const noiseReach = 6;

/** If fewer pixels differ from the paper, they are dust. */
const minInkFraction = 0.002;

/** Chooses the weights by a sample of the opaque pixels; luma for a grey or blank picture. */
export function chooseGreyWeights(picture: ColourPicture): GreyWeights {
  const samples = sampleOpaque(picture);
  const moments = samples && inkMoments(samples);
  if (!moments) return luma;
  const lumaContrast = contrastAlong(luma.weights, moments);
  if (lumaContrast >= sufficientLumaContrast) return luma;
  const weights = principalDirection(moments);
  if (lumaContrast >= minLumaFraction * contrastAlong(weights, moments)) return luma;
  const negative = weights.reduce((sum, weight) => sum + Math.max(0, -weight), 0);
  return { weights, offset: 255 * negative };
}

/** @returns [count, 3]; undefined for a grey picture, and for ink on a transparent canvas */
function sampleOpaque({ width, channels, pixels }: ColourPicture): Uint8Array | undefined {
  const count = pixels.length / channels;
  let step = Math.ceil(count / maxSamples);
  // Samples in a few columns could miss a vertical stroke.
  while (step > 1 && width % step === 0) step++;
  const samples = new Uint8Array(3 * Math.ceil(count / step));
  let length = 0;
  let isGrey = true;
  for (let at = 0; at < pixels.length; at += step * channels) {
    if (channels === 4 && pixels[at + 3]! < 128) continue;
    const red = pixels[at]!;
    const green = pixels[at + 1]!;
    const blue = pixels[at + 2]!;
    if (red !== green || green !== blue) isGrey = false;
    samples[length++] = red;
    samples[length++] = green;
    samples[length++] = blue;
  }
  return isGrey || 2 * length <= samples.length ? undefined : samples.subarray(0, length);
}

/** Symmetric: E[d · dᵀ] of the differences d of ink from paper, in levels of the channels. */
type Moments = readonly [Rgb, Rgb, Rgb];

/** @returns undefined if too few pixels differ from the paper by more than noise */
function inkMoments(samples: Uint8Array): Moments | undefined {
  const [paperRed, redReach] = paperLevel(samples, 0);
  const [paperGreen, greenReach] = paperLevel(samples, 1);
  const [paperBlue, blueReach] = paperLevel(samples, 2);
  let [rr, rg, rb, gg, gb, bb] = [0, 0, 0, 0, 0, 0];
  let count = 0;
  for (let at = 0; at < samples.length; at += 3) {
    const red = samples[at]! - paperRed;
    const green = samples[at + 1]! - paperGreen;
    const blue = samples[at + 2]! - paperBlue;
    const isPaper =
      Math.abs(red) < redReach && Math.abs(green) < greenReach && Math.abs(blue) < blueReach;
    if (isPaper) continue;
    count++;
    rr += red * red;
    rg += red * green;
    rb += red * blue;
    gg += green * green;
    gb += green * blue;
    bb += blue * blue;
  }
  if (3 * count < minInkFraction * samples.length) return undefined;
  return [
    [rr / count, rg / count, rb / count],
    [rg / count, gg / count, gb / count],
    [rb / count, gb / count, bb / count],
  ];
}

/** The paper's level in a channel, which is the median, and the smallest difference that is ink. */
function paperLevel(samples: Uint8Array, channel: number): readonly [level: number, reach: number] {
  const levels = new Uint32Array(256);
  for (let at = channel; at < samples.length; at += 3) levels[samples[at]!]!++;
  const level = medianOf(levels, samples.length / 3);
  const distances = new Uint32Array(256);
  for (let value = 0; value < 256; value++) distances[Math.abs(value - level)]! += levels[value]!;
  const deviation = medianOf(distances, samples.length / 3);
  return [level, Math.max(minDifference, noiseReach * deviation)];
}

function medianOf(histogram: Uint32Array, count: number): number {
  let value = 0;
  for (let below = histogram[0]!; 2 * below < count; below += histogram[value]!) value++;
  return value;
}

/** Root mean square of the differences along a direction: √(wᵀMw). */
function contrastAlong(direction: Rgb, moments: Moments): number {
  return Math.sqrt(dot(direction, product(moments, direction)));
}

/** Enough for two decimals of the weights where one colour of ink prevails. */
const iterations = 16;

/** The eigenvector of the largest eigenvalue, by power iteration, with Σ |weight| = 1. */
function principalDirection(moments: Moments): Rgb {
  let direction = moments.reduce((longest, row) => (norm(row) > norm(longest) ? row : longest));
  for (let i = 0; i < iterations; i++) {
    const [red, green, blue] = product(moments, direction);
    const size = norm([red, green, blue]);
    direction = [red / size, green / size, blue / size];
  }
  return direction;
}

function product([red, green, blue]: Moments, direction: Rgb): Rgb {
  return [dot(red, direction), dot(green, direction), dot(blue, direction)];
}

function dot(a: Rgb, b: Rgb): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function norm([red, green, blue]: Rgb): number {
  return Math.abs(red) + Math.abs(green) + Math.abs(blue);
}
