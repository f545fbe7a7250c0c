// A value that changes as a whole, and the functions to call after each change.

export interface Store<Value> {
  get(): Value;
  /** Replaces some members; subscribers are not called if none of them differs. */
  set(changes: Partial<Value>): void;
  /** Calls back after each change, at once. */
  subscribe(listener: () => void): void;
}

export function createStore<Value extends object>(initial: Value): Store<Value> {
  let current = initial;
  const listeners: (() => void)[] = [];
  return {
    get: () => current,
    set(changes) {
      const names = Object.keys(changes) as (keyof Value)[];
      if (names.every(name => changes[name] === current[name])) return;
      current = { ...current, ...changes };
      for (const listener of listeners) listener();
    },
    subscribe: listener => void listeners.push(listener),
  };
}
