// Reading the tables back out of a model card, as card.ts writes them: the figures of versions that
// were trained long ago, by other code.

export interface CardTable {
  /** the heading above it: 'Training' */
  readonly section: string;
  /** cells of the first line */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Whatever is no table is passed over: nothing here fails. */
export function readCardTables(markdown: string): CardTable[] {
  const tables: CardTable[] = [];
  let section = '';
  let lines: string[][] = [];
  const finish = () => {
    const [head, , ...rows] = lines;
    if (head) tables.push({ section, head, rows });
    lines = [];
  };
  for (const line of markdown.split('\n')) {
    if (line.startsWith('|')) {
      lines.push(cellsOf(line));
      continue;
    }
    finish();
    section = /^## (.*)/.exec(line)?.[1] ?? section;
  }
  finish();
  return tables;
}

function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map(cell => cell.trim().replaceAll('\\|', '|'));
}
