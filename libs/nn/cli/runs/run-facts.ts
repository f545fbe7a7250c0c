// What the files of a trained version say of it besides its curves.

import type { CardTable } from '../../src/report/card-tables.ts';
import type { Facts } from '../../src/report/report.ts';

export interface KnownFacts {
  /** null where unknown, here and below */
  readonly layers: string | null;
  readonly profile: string | null;
  readonly seed: string | null;
  /** share of the test images that it reads right */
  readonly test: number | null;
  /** what is told of it, name by name, under a heading each */
  readonly facts: Readonly<Record<string, Facts>>;
}

/** standard-1-7f162361: profile, seed, and the beginning of the digest, which a run has not yet. */
const versionPattern = /^(.+?)-(\d+)(?:-[0-9a-f]{8})?$/;

const toldMetadata = ['preprocessing', 'temperature', 'trainedOn', 'acceptance'];

/** For a run of which only the name is known. */
export function unknownFacts(version: string): KnownFacts {
  const [, profile = null, seed = null] = versionPattern.exec(version) ?? [];
  return { layers: null, profile, seed, test: null, facts: {} };
}

/** @param metadata of its model file, of any format */
export function describeVersion(
  version: string,
  metadata: Readonly<Record<string, string>>,
  card: readonly CardTable[],
): KnownFacts {
  const named = unknownFacts(version);
  const layers = metadata['layerSizes']?.replaceAll(/[[\]\s]/g, '').replaceAll(',', '-') ?? null;
  const model = toldMetadata.flatMap(key => {
    const value = metadata[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...named,
    layers,
    seed: metadata['seed'] ?? named.seed,
    test: parseAccuracy(metadata['accuracy']),
    facts: {
      Model: { ...(layers && { layers }), ...Object.fromEntries(model) },
      Training: factsOf(card, 'Training'),
      Figures: factsOf(card, 'Figures'),
    },
  };
}

/** A column's name stands behind the row's; a row that goes on with the one above is told whole. */
function factsOf(card: readonly CardTable[], section: string): Facts {
  const facts: Record<string, string> = {};
  for (const { head, rows } of card.filter(table => table.section === section)) {
    let above = '';
    for (const [name = '', ...cells] of rows) {
      const whole = name.startsWith('…') ? above + name.slice(1) : name;
      if (whole === name) above = name;
      for (const [i, cell] of cells.entries()) {
        facts[[whole, head[i + 1]].filter(Boolean).join(', ')] = cell;
      }
    }
  }
  return facts;
}

function parseAccuracy(text: string | undefined): number | null {
  try {
    const { count, correct } = JSON.parse(text ?? '');
    const share = correct / count;
    return share >= 0 && share <= 1 ? share : null;
  } catch {
    return null;
  }
}
