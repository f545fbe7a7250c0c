// The public interface: colours and styles of text, curves, pictures and matrices as rows of text, and the
// training screen.

export { toAscii } from './ascii.ts';
export {
  type BorderMark,
  type BorderTexts,
  bordered,
  borderOf,
  type EdgeText,
} from './border.ts';
export { type Colours, colourSequence, type Layer, mixColours, type Rgb } from './colour.ts';
export { type Curve, type CurvePoint, curveRows } from './curve.ts';
export { colouredRow, defaultColours, halfBlockRow, halfBlockRows } from './half-blocks.ts';
export { type Confusions, confusionRows } from './matrix.ts';
export { insideOf, type PanelContent, panelRows, type Size, sideBySide } from './panel.ts';
export { pictureGridRows, pictureRows, reduced, type SmallPicture } from './picture.ts';
export { inkedFrom, shadeOfOne, shadeOfTwo } from './shades.ts';
export { inTone, type Style, type Tone, toneColour } from './style.ts';
export { cut, fitText } from './text.ts';
export { accuracyCurveOf, lossCurveOf } from './training/curves.ts';
export { answersLine, progressLine, stateOf } from './training/lines.ts';
export {
  minTrainingScreen,
  type TrainingScreenOptions,
  trainingPanelRows,
  trainingScreenRows,
} from './training/screen.ts';
export {
  startTrainingView,
  type TrainingView,
  withPause,
  withTrainingEvent,
} from './training/state.ts';
