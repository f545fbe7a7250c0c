// Statements with named parameters, as SQLite has them, in the positional form of PostgreSQL.

export interface PositionalQuery {
  readonly text: string;
  readonly values: unknown[];
}

/** Replaces `:name` by `$1`, `$2`, …; a cast such as `::text` stays as it is. */
export function toPositional(
  sql: string,
  parameters: Readonly<Record<string, unknown>>,
): PositionalQuery {
  const names: string[] = [];
  const text = sql.replace(/(?<!:):([A-Za-z_]\w*)/g, (_all, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text, values: names.map(name => parameters[name]) };
}
