// The public interface: colours and styles of text, curves, pictures and matrices as rows of text, and the
// training screen.

export { toAscii } from './ascii.ts';
export {
  type BorderTexts,
  bordered,
  borderOf,
  type EdgeText,
} from './border.ts';
export { type Colours, colourSequence, type Layer, mixColours, type Rgb } from './colour.ts';
export { curveRows } from './curve.ts';
export { colouredRow, defaultColours, halfBlockRow, halfBlockRows } from './half-blocks.ts';
export { insideOf, type PanelContent, panelRows, type Size, sideBySide } from './panel.ts';
export { pictureGridRows, pictureRows, reduced } from './picture.ts';
export { inkedFrom, shadeOfOne, shadeOfTwo } from './shades.ts';
export { inTone, type Style, type Tone, toneColour } from './style.ts';
export { cut, fitText } from './text.ts';
export { accuracyCurveOf, lossCurveOf } from './training/curves.ts';
export { clock, fractionAfter, type Progress, remainingMs } from './training/estimate.ts';
export { progressLine, stateOf } from './training/lines.ts';
export {
  minTrainingScreen,
  trainingPanelRows,
  trainingScreenRows,
} from './training/screen.ts';
export {
  startTrainingView,
  type TrainingView,
  withPause,
  withTrainingEvent,
} from './training/state.ts';
