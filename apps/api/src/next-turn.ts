// Divides the event loop among requests with long work: one piece of it in each turn.

const waiting: (() => void)[] = [];

/**
 * Resolves in a later turn of the event loop, alone: however many requests wait here, connections are
 * served between the pieces of any two. `setImmediate` would run all in one turn.
 */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    if (waiting.push(resolve) === 1) setImmediate(resolveFirst);
  });
}

function resolveFirst(): void {
  waiting.shift()!();
  if (waiting.length > 0) setImmediate(resolveFirst);
}
