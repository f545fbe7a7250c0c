// A row of numbers as a row of eighth blocks.

const blocks = '▁▂▃▄▅▆▇█';

/** One character for each value, from the lowest to the highest of them. */
export function sparkline(values: readonly number[]): string {
  const lowest = Math.min(...values);
  const range = Math.max(...values) - lowest || 1;
  return values
    .map(value => blocks[Math.round(((value - lowest) / range) * (blocks.length - 1))])
    .join('');
}

/** The values in at most `columns` groups of neighbours, each its mean. */
export function inColumns(values: readonly number[], columns: number): number[] {
  const size = Math.max(1, Math.ceil(values.length / columns));
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => {
    const group = values.slice(i * size, (i + 1) * size);
    return group.reduce((sum, value) => sum + value, 0) / group.length;
  });
}
