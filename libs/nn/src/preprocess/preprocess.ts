// Preprocessing: converts any picture of a digit to the network's 784 inputs by an array of named steps,
// applied in order. Nearly all MNIST images come out unchanged.

import { NnError, quoted } from '../errors.ts';
import { levelBackgroundBands } from './background/background-bands.ts';
import { flattenIllumination } from './background/flatten-illumination.ts';
import type { WithBorderStats } from './border.ts';
import {
  type ConnectedComponent,
  findConnectedComponents,
  removeSmallComponents,
} from './connected-components.ts';
import { centreByMass, fit, fittedSide } from './fit-and-centre.ts';
import { reachesEdge, removeFrameLines, removeFrameRings } from './frame.ts';
import { blocksToPixels, compositeOverPaper, shrinkLarge } from './grey-plane.ts';
import { applyHysteresisThreshold } from './hysteresis-threshold.ts';
import { averageNoise } from './noise/average-noise.ts';
import { removeImpulseNoise } from './noise/impulse-noise.ts';
import { type Box, crop, hasGap, inkBounds, type Picture, type Plane } from './picture.ts';
import { extractInk } from './polarity.ts';
import { cropToSheet } from './sheet/crop-to-sheet.ts';
import { stretchContrast } from './stretch-contrast.ts';
import { thickenThinStrokes } from './thin-strokes.ts';
import { Workspace } from './workspace.ts';

/**
 * Name of this preprocessing in model files. It must be changed with any change that makes existing
 * networks less accurate. Improvements for photographs, noise and enlarged pictures do not require it
 * as long as MNIST images remain bit-identical.
 */
export const preprocessing = 'mnist-fit/2';

/** Name in model files of networks whose images are used as they are. */
export const noPreprocessing = 'none';

/**
 * The state that the steps read and write; a field is empty until a step sets it. `border` is measured
 * from `remove-frame-rings` on: until `polarity`, a step that replaces the plane measures it again
 * (`withBorderStats`); in ink it remains that of the grey levels.
 */
export interface PreprocessingState extends WithBorderStats {
  /** the decoded picture; not used after `composite-over-paper` */
  readonly picture: Picture;
  /** grey levels 0…255 from `composite-over-paper` on, ink 0…1 from `polarity` on */
  readonly plane: Plane;
  readonly isInk: boolean;
  /** median absolute deviation of the noise in grey levels, from `polarity` on; 0 for a clean drawing */
  readonly noiseDeviation: number;
  /**
   * the ink's connected components, up to `remove-small-components`: they hold indices into the plane;
   * empty for a clean drawing with nothing to remove
   */
  readonly components: readonly ConnectedComponent[];
  /** the part of the plane that holds the digit, from `crop` on */
  readonly box: Box;
  /** memory for the arrays of this picture, except the result */
  readonly workspace: Workspace;
}

/** A named step of the preprocessing. */
export interface PreprocessingStep {
  /** unique, in kebab-case: `predict --steps` names a file after it */
  readonly name: string;
  /**
   * May change the plane in place: from `composite-over-paper` on it is a copy of the picture.
   *
   * @returns the state with this step's fields replaced; undefined for a blank picture
   */
  readonly apply: (state: PreprocessingState) => PreprocessingState | undefined;
}

/** All steps of the preprocessing, in order. */
export const preprocessingSteps: readonly PreprocessingStep[] = [
  { name: 'shrink', apply: state => ({ ...state, picture: shrinkLarge(state.picture) }) },
  {
    name: 'composite-over-paper',
    apply: state => ({ ...state, plane: compositeOverPaper(state.picture, state.workspace) }),
  },
  { name: 'blocks-to-pixels', apply: state => ({ ...state, plane: blocksToPixels(state.plane) }) },
  { name: 'crop-to-sheet', apply: state => ({ ...state, plane: cropToSheet(state.plane) }) },
  { name: 'stretch-contrast', apply: state => ({ ...state, plane: stretchContrast(state.plane) }) },
  { name: 'remove-frame-rings', apply: state => ({ ...state, ...removeFrameRings(state.plane) }) },
  { name: 'remove-impulse-noise', apply: state => ({ ...state, ...removeImpulseNoise(state) }) },
  {
    name: 'level-background-bands',
    apply: state => ({ ...state, ...levelBackgroundBands(state) }),
  },
  { name: 'flatten-illumination', apply: state => ({ ...state, ...flattenIllumination(state) }) },
  { name: 'average-noise', apply: state => ({ ...state, ...averageNoise(state) }) },
  { name: 'polarity', apply: toInk },
  { name: 'hysteresis-threshold', apply: thresholdInk },
  { name: 'connected-components', apply: findComponents },
  { name: 'remove-frame-lines', apply: withoutFrameLines },
  { name: 'remove-small-components', apply: withoutSmallComponents },
  { name: 'crop', apply: cropToInk },
  { name: 'thicken-thin-strokes', apply: state => ({ ...state, ...thickenThinStrokes(state) }) },
  {
    name: 'fit',
    apply: state => ({ ...state, ...wholeOf(fit(state, fittedSide, state.workspace)) }),
  },
  { name: 'centre-by-mass', apply: state => ({ ...state, ...wholeOf(centreByMass(state.plane)) }) },
];

/**
 * Applies all steps to a picture.
 *
 * @param onStep called after each step with the step's name and the resulting picture, which is created
 * only for this callback
 * @returns [784] ink in 0…1, row-major, a new array; undefined for a blank picture
 * @throws NnError `invalid-options` for a size that is not of whole pixels and channels other than 1 and 2;
 * `data-mismatch` if the data does not have width · height · channels bytes
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

function checkPicture(picture: Picture): void {
  const { width, height, channels, data } = { ...picture };
  const isWhole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!isWhole || (channels !== 1 && channels !== 2)) {
    throw new NnError(
      'invalid-options',
      `the picture has the size ${quoted(width)}×${quoted(height)} and ${quoted(channels)} channels: expected ` +
        'whole pixels, and 1 channel for grey, or 2 for grey and alpha',
    );
  }
  if (data?.length === width * height * channels) return;
  throw new NnError(
    'data-mismatch',
    `a picture of ${width}×${height} with ${channels} channels has ${data?.length ?? 'no'} bytes: expected ` +
      `${width * height * channels}`,
  );
}

/** For pictures of some 60 × 60 pixels; the steps of larger ones take far longer than allocating. */
const workspaceBytes = 64 * 1024;

/** Every call of `preprocess` resets it and ends before the next. */
const workspace = new Workspace(workspaceBytes);

function initialState(picture: Picture): PreprocessingState {
  workspace.reset();
  return {
    picture,
    plane: { width: 0, height: 0, values: new Float32Array() },
    border: { background: 0, deviation: 0, isUniform: true },
    isInk: false,
    noiseDeviation: 0,
    components: [],
    box: { left: 0, top: 0, right: 0, bottom: 0 },
    workspace,
  };
}

function toInk(state: PreprocessingState): PreprocessingState | undefined {
  const ink = extractInk(state, state.workspace);
  return ink && { ...state, ...ink, isInk: true };
}

/** Modifies the plane in place. */
function thresholdInk(state: PreprocessingState): PreprocessingState {
  applyHysteresisThreshold(state.plane, state.border);
  return state;
}

/** Skipped for a clean digit in one piece away from the edges, to save time: nothing can be removed. */
function findComponents(state: PreprocessingState): PreprocessingState {
  const { plane, noiseDeviation, workspace } = state;
  const box = inkBounds(plane);
  const isClean = noiseDeviation === 0;
  if (!box || (isClean && !reachesEdge(box, plane) && !hasGap(plane, box))) return state;
  return { ...state, components: findConnectedComponents(plane, workspace) };
}

function withoutFrameLines(state: PreprocessingState): PreprocessingState {
  return { ...state, components: removeFrameLines(state.plane, state.components) };
}

function withoutSmallComponents(state: PreprocessingState): PreprocessingState {
  removeSmallComponents(state.plane, state.components, state.noiseDeviation === 0);
  return state;
}

/** Sets the box to the ink's bounding box, without copying the plane. */
function cropToInk(state: PreprocessingState): PreprocessingState | undefined {
  const box = inkBounds(state.plane);
  return box && { ...state, box };
}

function wholeOf(plane: Plane): Pick<PreprocessingState, 'plane' | 'box'> {
  return { plane, box: { left: 0, top: 0, right: plane.width, bottom: plane.height } };
}

/** Converts a state to a picture: of its plane from `composite-over-paper` on, of the box from `crop` on. */
function pictureOf({ picture, plane, isInk, box }: PreprocessingState): Picture {
  if (plane.values.length === 0) return picture;
  const { width, height, values } = box.right === 0 ? plane : crop(plane, box);
  const scale = isInk ? 255 : 1;
  const data = Uint8ClampedArray.from(values, value => scale * value);
  return { width, height, channels: 1, data: new Uint8Array(data.buffer) };
}
