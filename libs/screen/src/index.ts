// The public interface: colours and styles of text, curves, pictures and matrices as rows of text, and the
// training screen.

export { type Colours, colourSequence, type Layer, mixColours, type Rgb } from './colour.ts';
export { type Curve, type CurvePoint, curveRows } from './curve.ts';
export { type Confusions, confusionRows } from './matrix.ts';
export { fitText, insideOf, type PanelContent, panelRows, type Size, sideBySide } from './panel.ts';
export { pictureGridRows, pictureRows, type SmallPicture } from './picture.ts';
export { inTone, type Style, type Tone, toneColour } from './style.ts';
export { accuracyCurveOf, lossCurveOf } from './training/curves.ts';
export { answersLine, progressLine, stateOf } from './training/lines.ts';
export {
  minTrainingScreen,
  type TrainingScreenOptions,
  trainingScreenRows,
} from './training/screen.ts';
export {
  startTrainingView,
  type TrainingView,
  withPause,
  withTrainingEvent,
} from './training/state.ts';
