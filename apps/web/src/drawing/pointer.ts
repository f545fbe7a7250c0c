// Tells drawing from gestures and palms: which contact with the surface draws, and which taps of two or
// three fingers undo and redo. A pure function of pointer events; it leaves out where they are drawn.

import type { Point, Tool } from '@digits/canvas';

export interface PointerInput {
  readonly phase: 'down' | 'move' | 'up' | 'cancel';
  readonly id: number;
  readonly type: string;
  /** The mask of the buttons that are pressed: 1 left or contact, 2 right or barrel, 32 eraser. */
  readonly buttons: number;
  /** In CSS pixels, as the size of the contact. */
  readonly at: Point;
  readonly size: number;
  readonly timeMs: number;
}

/** What to do with the drawing; `take-back` removes the stroke in progress. */
export type PointerAction =
  | { readonly type: 'begin'; readonly tool: Tool | undefined }
  | { readonly type: 'continue' | 'end' | 'take-back' | 'undo' | 'redo' };

interface Contact {
  readonly id: number;
  readonly at: Point;
}

export interface PointerSession {
  /** The contact that draws. */
  readonly drawing: (Contact & { readonly type: string }) | undefined;
  readonly fingers: readonly Contact[];
  /** Fingers that came down for what may be a tap, and when the first did; undefined once it is none. */
  readonly tap: { readonly count: number; readonly sinceMs: number } | undefined;
  /** When a pen was last on or above the surface. */
  readonly penMs: number;
}

export const noPointers: PointerSession = {
  drawing: undefined,
  fingers: [],
  tap: undefined,
  penMs: Number.NEGATIVE_INFINITY,
};

/** A longer contact is no tap: Android's shortest long press. */
const maxTapMs = 400;

/** A finger that moves further draws: iOS and Android take 8 to 10 pixels for trembling. */
const maxTapDistance = 10;

/** Fingertips are at most 20 mm wide (Dandekar et al., 2003); phones have 160 CSS pixels an inch. */
const maxFingerSize = 126;

/** Between two strokes of a pen the hand rests on the surface, so that touches do not draw. */
const penPauseMs = 3000;

export interface PointerOutcome {
  readonly session: PointerSession;
  readonly actions: readonly PointerAction[];
}

export function handlePointer(session: PointerSession, input: PointerInput): PointerOutcome {
  const { phase, type, timeMs } = input;
  const seen = type === 'pen' ? { ...session, penMs: timeMs } : session;
  if (phase === 'down') return type === 'touch' ? fingerDown(seen, input) : penDown(seen, input);
  if (phase === 'move') return moved(seen, input);
  return lifted(seen, input);
}

/** A pen or a mouse replaces the stroke that the palm has begun. */
function penDown(session: PointerSession, input: PointerInput): PointerOutcome {
  const { id, type, at, buttons } = input;
  if (session.drawing !== undefined && session.drawing.type !== 'touch') return idle(session);
  if ((buttons & 35) === 0) return idle(session);
  const tool = buttons & 34 ? 'eraser' : undefined;
  const begin = { type: 'begin', tool } as const;
  const replaced = session.drawing === undefined ? [] : [{ type: 'take-back' } as const];
  return {
    session: { ...session, drawing: { id, type, at }, tap: undefined },
    actions: [...replaced, begin],
  };
}

function fingerDown(session: PointerSession, input: PointerInput): PointerOutcome {
  const { id, type, at, size, timeMs } = input;
  const { drawing, tap } = session;
  const isFree = drawing === undefined || drawing.type === 'touch';
  if (size > maxFingerSize || !isFree) return idle(session);
  const fingers = [...session.fingers, { id, at }];
  if (session.fingers.length === 0) {
    const next = { ...session, fingers, tap: { count: 1, sinceMs: timeMs } };
    if (timeMs - session.penMs < penPauseMs) return idle(next);
    const begin = { type: 'begin', tool: undefined } as const;
    return { session: { ...next, drawing: { id, type, at } }, actions: [begin] };
  }
  // A finger beside a stroke that has begun changes nothing.
  if (tap === undefined || timeMs - tap.sinceMs > maxTapMs) return idle({ ...session, fingers });
  return {
    session: { ...session, fingers, drawing: undefined, tap: { ...tap, count: tap.count + 1 } },
    actions: drawing === undefined ? [] : [{ type: 'take-back' }],
  };
}

function moved(session: PointerSession, { id, at }: PointerInput): PointerOutcome {
  const start = session.fingers.find(finger => finger.id === id)?.at ?? at;
  const isStill = Math.hypot(at[0] - start[0], at[1] - start[1]) <= maxTapDistance;
  const next = isStill ? session : { ...session, tap: undefined };
  return { session: next, actions: session.drawing?.id === id ? [{ type: 'continue' }] : [] };
}

function lifted(session: PointerSession, input: PointerInput): PointerOutcome {
  const { id, phase, timeMs } = input;
  const { drawing, tap } = session;
  const isFinger = session.fingers.some(finger => finger.id === id);
  const fingers = session.fingers.filter(finger => finger.id !== id);
  const isLast = isFinger && fingers.length === 0;
  const next = {
    ...session,
    fingers,
    drawing: drawing?.id === id ? undefined : drawing,
    tap: isLast || phase === 'cancel' ? undefined : tap,
  };
  if (drawing?.id === id) {
    // The system takes a touch back that it finds to be a palm or a gesture of its own.
    if (phase === 'cancel' && isFinger) return { session: next, actions: [{ type: 'take-back' }] };
    return { session: next, actions: [{ type: 'continue' }, { type: 'end' }] };
  }
  const isTap = isLast && phase === 'up' && tap !== undefined && timeMs - tap.sinceMs <= maxTapMs;
  if (!isTap || tap.count < 2 || tap.count > 3) return idle(next);
  return { session: next, actions: [{ type: tap.count === 2 ? 'undo' : 'redo' }] };
}

function idle(session: PointerSession): PointerOutcome {
  return { session, actions: [] };
}
