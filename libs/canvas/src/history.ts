// Undo and redo as plain data: what was, what is, and what was taken back.
// It holds values of any kind and never looks into them but for their identity.

export interface History<Value> {
  /** Former values, the oldest first. */
  readonly past: readonly Value[];
  readonly present: Value;
  /** Values taken back, the next to come again last. */
  readonly future: readonly Value[];
}

/** Two hundred drawings of 784 bytes are nothing; beyond that nobody remembers what was. */
export const maxUndo = 200;

export function startHistory<Value>(present: Value): History<Value> {
  return { past: [], present, future: [] };
}

/** A step that can be undone; the oldest one is forgotten beyond MAX_UNDO. */
export function record<Value>(history: History<Value>, next: Value): History<Value> {
  if (next === history.present) return history;
  const past = [...history.past, history.present].slice(-maxUndo);
  return { past, present: next, future: [] };
}

/** More of the step that was recorded last: undoing takes both back at once. */
export function amend<Value>(history: History<Value>, next: Value): History<Value> {
  return next === history.present ? history : { ...history, present: next, future: [] };
}

/** @returns the same object if there is nothing to take back. */
export function undo<Value>(history: History<Value>): History<Value> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [...future, present] };
}

/** @returns the same object if nothing was taken back. */
export function redo<Value>(history: History<Value>): History<Value> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future.at(-1)!, future: future.slice(0, -1) };
}
