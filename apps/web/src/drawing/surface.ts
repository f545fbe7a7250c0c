// The drawing surface: pointer events in, pixels out, in the frame of the event.

import { type CanvasDocument, canvasSide, isBlank } from '@digits/canvas';
import {
  alignSaliency,
  type DrawingAction,
  isEvidenceShown,
  type PredictedDrawing,
  rasterOf,
  shownPrediction,
} from '@digits/client';
import { byId, eachFrame, paint, paintInk, signedColour, update } from '../dom.ts';
import { drawn, type State } from '../state.ts';
import type { Store } from '../store.ts';
import { handlePointer, noPointers, type PointerAction, type PointerInput } from './pointer.ts';

/** The changes that no point belongs to. */
const endings = { end: 'stroke-ended', undo: 'undone', redo: 'redone' } as const;

export function createSurface(store: Store<State>): void {
  const surface = byId('surface');
  let session = noPointers;
  let before: CanvasDocument | undefined;

  function drawingActions(action: PointerAction, event: PointerEvent): readonly DrawingAction[] {
    const { left, top, width } = surface.getBoundingClientRect();
    const scale = canvasSide / width;
    const pointOf = ({ clientX, clientY }: PointerEvent) =>
      [(clientX - left) * scale, (clientY - top) * scale] as const;
    switch (action.type) {
      case 'begin': {
        const { tool = store.get().tool } = action;
        return [{ type: 'stroke-began', tool, at: pointOf(event), timeMs: event.timeStamp }];
      }
      case 'continue': {
        const coalesced = event.getCoalescedEvents?.() ?? [];
        return (coalesced.length > 0 ? coalesced : [event]).map(each => {
          const to = pointOf(each);
          return { type: 'stroke-continued', to, timeMs: each.timeStamp };
        });
      }
      case 'take-back':
        return [];
      default:
        return [{ type: endings[action.type] }];
    }
  }

  function act(action: PointerAction, event: PointerEvent): void {
    const state = store.get();
    if (action.type === 'begin') before = state.document;
    const document = action.type === 'take-back' ? before : undefined;
    const next = drawingActions(action, event).reduce(drawn, state);
    store.set({ ...next, ...(document && { document }) });
  }

  function listen(name: `pointer${PointerInput['phase']}`, phase: PointerInput['phase']): void {
    surface.addEventListener(name, event => {
      const { pointerId: id, pointerType: type, buttons, timeStamp: timeMs } = event;
      const at = [event.clientX, event.clientY] as const;
      const size = Math.max(event.width, event.height);
      const outcome = handlePointer(session, { phase, id, type, buttons, at, size, timeMs });
      session = outcome.session;
      for (const action of outcome.actions) act(action, event);
      if (phase === 'down') surface.setPointerCapture(id);
    });
  }

  // The points after it have another scale.
  addEventListener('resize', () => {
    session = { ...noPointers, penMs: session.penMs };
    store.set(drawn(store.get(), { type: 'stroke-ended' }));
  });
  listen('pointerdown', 'down');
  listen('pointermove', 'move');
  listen('pointerup', 'up');
  listen('pointercancel', 'cancel');
  // Else Chromium takes the end of a swift stroke for a fling, and swallows the tap that follows.
  surface.addEventListener('touchstart', event => event.preventDefault(), { passive: false });
  surface.addEventListener('contextmenu', event => event.preventDefault());
  showDrawing(store);
}

function showDrawing(store: Store<State>): void {
  const [ink, evidence] = [byId<HTMLCanvasElement>('ink'), byId<HTMLCanvasElement>('evidence')];
  const [pen, how, ghost] = [byId('pen'), byId('how'), byId('ghost')];
  eachFrame(store, (state, last) => {
    const raster = rasterOf(state);
    if (last === undefined || rasterOf(last) !== raster) paintInk(ink, raster);
    const explained = evidenceOf(state);
    // A canvas costs the browser time in each frame, also an empty one.
    update(evidence, { hidden: explained === undefined });
    if (explained && (last === undefined || evidenceOf(last) !== explained)) {
      paintEvidence(evidence, explained);
    }
    const { x, y, isDown, isShown } = state.pen;
    update(pen, { hidden: !isShown, className: isDown ? 'down' : '' });
    if (isShown) {
      pen.style.setProperty('--x', `${x}`);
      pen.style.setProperty('--y', `${y}`);
    }
    const isEmpty = isBlank(raster);
    update(how, { hidden: !isEmpty || isShown || state.practice !== undefined });
    update(ghost, { textContent: isEmpty ? `${state.practice?.target ?? ''}` : '' });
  });
}

/** @returns the prediction whose evidence is shown */
function evidenceOf(state: State): PredictedDrawing | undefined {
  return isEvidenceShown(state) ? shownPrediction(state) : undefined;
}

/** The square root of the evidence is shown, so that weak evidence is visible. */
function paintEvidence(canvas: HTMLCanvasElement, { raster, prediction }: PredictedDrawing): void {
  const { seen, saliency } = prediction;
  const values = seen && saliency && alignSaliency(raster, { seen, saliency });
  paint(canvas, index => {
    const value = values?.[index] ?? 0;
    return signedColour(Math.sign(value) * Math.sqrt(Math.abs(value)));
  });
}
