// The environment in which the bundled app is run, whatever the tests themselves are run in.

/** Whom the app asks, whether it draws in colour, and what Node loads before it. */
const REMOVED = ['DIGITS_API', 'NO_COLOR', 'FORCE_COLOR', 'NODE_OPTIONS'];

/** @returns the tests' own environment without what would change how the app behaves. */
export function inheritedEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !REMOVED.includes(name)) kept[name] = value;
  }
  return kept;
}
