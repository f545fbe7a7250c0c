// The state: all that the page shows, as one immutable value.

import { encodePng, type Raster } from '@digits/canvas';
import {
  type CorrectionCounts,
  type DrawingAction,
  type DrawingState,
  emptyInside,
  type Inside,
  initialDrawing,
  type NeuronChoice,
  noPrediction,
  type Practice,
  type PredictionState,
  rasterOf,
  reduceDrawing,
  type ServedModel,
  withDrawingChanged,
} from '@digits/client';

export type ServiceState =
  | { readonly status: 'looking' }
  | { readonly status: 'connected'; readonly model: ServedModel }
  /** Not available, or no more for a while; the page tries again by itself. */
  | { readonly status: 'away' | 'busy'; readonly why: string }
  /** It wants a key, or another one than it got. */
  | { readonly status: 'locked'; readonly why: string };

/** A picture that was opened, and the drawing that the service found in it. */
export interface OpenedPicture {
  readonly raster: Raster;
  readonly file: Blob;
  readonly url: string;
}

export interface State extends DrawingState, PredictionState {
  readonly service: ServiceState;
  readonly picture: OpenedPicture | undefined;
  /** Whether the user wants the evidence for the prediction over the drawing. */
  readonly isExplaining: boolean;
  /** Whether the view into the network is open, which shows the outputs of the layers. */
  readonly needsLayers: boolean;
  /** What is known of the neurons of the network, and which one is selected. */
  readonly inside: Inside;
  readonly neuron: NeuronChoice;
  readonly practice: Practice | undefined;
  /** The digit that the user gave to a drawing last. */
  readonly corrected: { readonly raster: Raster; readonly label: number } | undefined;
  /** `kept` counts all that the service has. */
  readonly corrections: CorrectionCounts & { readonly kept: number | undefined };
  /** What happened last; removed by the next stroke or other change of the drawing. */
  readonly notice: { readonly text: string; readonly isBad: boolean } | undefined;
}

export const initialState: State = {
  ...noPrediction,
  ...initialDrawing,
  service: { status: 'looking' },
  picture: undefined,
  isExplaining: false,
  needsLayers: false,
  inside: emptyInside,
  neuron: { layer: 1, index: undefined },
  practice: undefined,
  corrected: undefined,
  corrections: { saved: 0, waiting: 0, kept: undefined },
  notice: undefined,
};

/** The bytes of a picture. Chromium takes some milliseconds to make a Blob of them, and some to send it. */
export type PictureFile = Blob | Uint8Array<ArrayBuffer>;

/** @returns the drawing as a file: the picture that was opened as this drawing, or a PNG */
export function fileOf(raster: Raster, { picture }: Pick<State, 'picture'>): PictureFile {
  return picture?.raster === raster ? picture.file : encodePng(raster);
}

/** @returns the state after a change of the drawing, without what that makes outdated */
export function drawn(state: State, action: DrawingAction): State {
  const next = reduceDrawing(state, action);
  const [before, after] = [rasterOf(state), rasterOf(next)];
  if (before === after) return next;
  // What happens during a stroke is still to be read after it.
  const isSameStroke = state.document.stroke !== undefined && next.document.stroke !== undefined;
  const notice = isSameStroke ? state.notice : undefined;
  return { ...withDrawingChanged(next, before, after), notice };
}
