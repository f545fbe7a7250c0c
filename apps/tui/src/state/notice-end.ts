// What ends a notice: a message that may have become false is not shown.

import type { Notice, NoticeTopic } from './notice.ts';
import type { State } from './state.ts';

const topics: Readonly<Record<NoticeTopic, (state: State) => unknown>> = {
  service: ({ service }) =>
    service.status === 'connected' ? service.model.version : service.status,
  learning: ({ learning }) => learning.type,
  settings: ({ settings }) => settings,
  mouse: ({ isMouseOn }) => isMouseOn,
};

/** @returns whether the notice of one state may be false in a later one. */
export function isNoticeOutdated({ about }: Notice, before: State, after: State): boolean {
  const isSame = (part: (state: State) => unknown) => part(before) === part(after);
  const isSamePlace = isSame(({ mode }) => mode.type) && isSame(isPractising);
  const isSameDrawing = isSame(({ document }) => document.history.present.raster);
  return !isSamePlace || !isSameDrawing || (about !== undefined && !isSame(topics[about]));
}

/** @returns whether the drawing mode is left, where a failed training is reported. */
export function isDrawingLeft(before: State, after: State): boolean {
  return isJustDrawing(before) && !isJustDrawing(after);
}

/** @returns whether the screen is that of drawing, without practice. */
export function isJustDrawing(state: State): boolean {
  return state.mode.type === 'drawing' && !isPractising(state);
}

function isPractising({ practice }: State): boolean {
  return practice !== undefined;
}
