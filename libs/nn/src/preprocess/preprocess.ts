// From any picture of a digit to the 784 values that the network takes, as an array of named steps
// that are applied in order. An MNIST image comes out as it went in.

import { levelBackgroundBands } from './background-bands.ts';
import type { WithBorderStats } from './border.ts';
import {
  type ConnectedComponent,
  findConnectedComponents,
  removeSmallComponents,
} from './connected-components.ts';
import { centreByMass, fit } from './fit-and-centre.ts';
import { flattenIllumination } from './flatten-illumination.ts';
import { reachesEdge, removeFrameLines, removeFrameRings } from './frame.ts';
import { blocksToPixels, compositeOverPaper, shrinkLarge } from './grey-plane.ts';
import { applyHysteresisThreshold } from './hysteresis-threshold.ts';
import { removeImpulseNoise } from './impulse-noise.ts';
import { type Box, crop, hasGap, inkBounds, type Picture, type Plane } from './picture.ts';
import { extractInk } from './polarity.ts';
import { thickenThinStrokes } from './thin-strokes.ts';

/**
 * Name of this preprocessing in a model file. It changes when a network that was trained before
 * would do worse: MNIST's images stay the same to the bit when the treatment of photographs, noise
 * and enlarged pictures improves.
 */
export const preprocessing = 'mnist-fit/2';

/** What the steps read and write; a field is empty until the step that sets it. */
export interface PreprocessingState extends WithBorderStats {
  /** the decoded picture; not used after `composite-over-paper` */
  readonly picture: Picture;
  /** grey levels 0…255 from `composite-over-paper` on, ink 0…1 from `polarity` on */
  readonly plane: Plane;
  readonly isInk: boolean;
  /** deviation of the noise in grey levels, from `polarity` on; 0 for a clean drawing */
  readonly noiseDeviation: number;
  /** of the ink; none in a clean drawing that has nothing to remove */
  readonly components: readonly ConnectedComponent[];
  /** the part of the plane that holds the digit, from `crop` on */
  readonly box: Box;
}

export interface PreprocessingStep {
  readonly name: string;
  /** @returns the state with this step's fields replaced; undefined for a blank picture */
  readonly apply: (state: PreprocessingState) => PreprocessingState | undefined;
}

/** The preprocessing, in order. */
export const preprocessingSteps: readonly PreprocessingStep[] = [
  { name: 'shrink', apply: state => ({ ...state, picture: shrinkLarge(state.picture) }) },
  {
    name: 'composite-over-paper',
    apply: state => ({ ...state, plane: compositeOverPaper(state.picture) }),
  },
  { name: 'blocks-to-pixels', apply: state => ({ ...state, plane: blocksToPixels(state.plane) }) },
  { name: 'remove-frame-rings', apply: state => ({ ...state, ...removeFrameRings(state.plane) }) },
  { name: 'remove-impulse-noise', apply: state => ({ ...state, ...removeImpulseNoise(state) }) },
  {
    name: 'level-background-bands',
    apply: state => ({ ...state, ...levelBackgroundBands(state) }),
  },
  { name: 'flatten-illumination', apply: state => ({ ...state, ...flattenIllumination(state) }) },
  { name: 'polarity', apply: toInk },
  { name: 'hysteresis-threshold', apply: thresholdInk },
  { name: 'connected-components', apply: findComponents },
  { name: 'remove-frame-lines', apply: withoutFrameLines },
  { name: 'remove-small-components', apply: withoutSmallComponents },
  { name: 'crop', apply: cropToInk },
  { name: 'thicken-thin-strokes', apply: state => ({ ...state, ...thickenThinStrokes(state) }) },
  { name: 'fit', apply: state => ({ ...state, ...wholeOf(fit(state)) }) },
  { name: 'centre-by-mass', apply: state => ({ ...state, ...wholeOf(centreByMass(state.plane)) }) },
];

/**
 * Applies all steps to a picture.
 *
 * @param onStep called after each step with the step's name and the picture as it is then; the
 * pictures are made only if it is given
 * @returns [784] ink in 0…1, row-major, a new array; undefined for a blank picture
 * @throws RangeError when the data is not width · height · channels bytes, or there are none
 */
export function preprocess(
  picture: Picture,
  onStep?: (name: string, picture: Picture) => void,
): Float32Array | undefined {
  checkPicture(picture);
  let state = initialState(picture);
  for (const { name, apply } of preprocessingSteps) {
    const next = apply(state);
    if (!next) return undefined;
    state = next;
    onStep?.(name, pictureOf(state));
  }
  return state.plane.values;
}

function checkPicture({ width, height, channels, data }: Picture): void {
  if (width > 0 && height > 0 && data.length === width * height * channels) return;
  throw new RangeError(
    `a picture of ${width}×${height} with ${channels} channels holds ${data.length} bytes`,
  );
}

function initialState(picture: Picture): PreprocessingState {
  return {
    picture,
    plane: { width: 0, height: 0, values: new Float32Array() },
    border: { background: 0, deviation: 0, isUniform: true },
    isInk: false,
    noiseDeviation: 0,
    components: [],
    box: { left: 0, top: 0, right: 0, bottom: 0 },
  };
}

function toInk(state: PreprocessingState): PreprocessingState | undefined {
  const ink = extractInk(state);
  return ink && { ...state, ...ink, isInk: true };
}

/** Changes the plane in place: it belongs to this run since `polarity` made it. */
function thresholdInk(state: PreprocessingState): PreprocessingState {
  applyHysteresisThreshold(state.plane, state.border);
  return state;
}

/** A clean digit in one piece away from the edges has nothing to remove, and finding it takes time. */
function findComponents(state: PreprocessingState): PreprocessingState {
  const { plane, noiseDeviation } = state;
  const box = inkBounds(plane);
  const isClean = noiseDeviation === 0;
  if (!box || (isClean && !reachesEdge(box, plane) && !hasGap(plane, box))) return state;
  return { ...state, components: findConnectedComponents(plane) };
}

function withoutFrameLines(state: PreprocessingState): PreprocessingState {
  return { ...state, components: removeFrameLines(state.plane, state.components) };
}

function withoutSmallComponents(state: PreprocessingState): PreprocessingState {
  removeSmallComponents(state.plane, state.components, state.noiseDeviation === 0);
  return state;
}

/** Marks the ink's box instead of copying it. */
function cropToInk(state: PreprocessingState): PreprocessingState | undefined {
  const box = inkBounds(state.plane);
  return box && { ...state, box };
}

function wholeOf(plane: Plane): Pick<PreprocessingState, 'plane' | 'box'> {
  return { plane, box: { left: 0, top: 0, right: plane.width, bottom: plane.height } };
}

/** Makes a state visible: its picture, or from `composite-over-paper` on its plane's box. */
function pictureOf({ picture, plane, isInk, box }: PreprocessingState): Picture {
  if (plane.values.length === 0) return picture;
  const { width, height, values } = box.right === 0 ? plane : crop(plane, box);
  const scale = isInk ? 255 : 1;
  const data = Uint8ClampedArray.from(values, value => scale * value);
  return { width, height, channels: 1, data: new Uint8Array(data.buffer) };
}
