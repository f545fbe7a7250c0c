// Undo and redo as plain data, for values of any type that are compared by identity.

/** A value with the values before it and those undone. */
export interface History<Value> {
  /** earlier values, the oldest first */
  readonly past: readonly Value[];
  readonly present: Value;
  /** undone values; the last one is redone first */
  readonly future: readonly Value[];
}

/** Maximum number of undo steps: two hundred rasters take 157 kB. */
export const maxUndoSteps = 200;

/** @returns a history with nothing to undo or redo */
export function startHistory<Value>(present: Value): History<Value> {
  return { past: [], present, future: [] };
}

/**
 * Adds a step that can be undone; beyond `maxUndoSteps` the oldest one is dropped.
 *
 * @returns the same object if the value is the present one
 */
export function record<Value>(history: History<Value>, next: Value): History<Value> {
  if (next === history.present) return history;
  const past = [...history.past, history.present].slice(-maxUndoSteps);
  return { past, present: next, future: [] };
}

/** Replaces the present value without adding a step, so that one undo reverts both changes. */
export function amend<Value>(history: History<Value>, next: Value): History<Value> {
  return next === history.present ? history : { ...history, present: next, future: [] };
}

/** @returns the same object if there is nothing to undo */
export function undo<Value>(history: History<Value>): History<Value> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [...future, present] };
}

/** @returns the same object if there is nothing to redo */
export function redo<Value>(history: History<Value>): History<Value> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future.at(-1)!, future: future.slice(0, -1) };
}
