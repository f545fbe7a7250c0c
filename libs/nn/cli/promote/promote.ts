// nx run nn:promote: compares a trained version with the champion, and promotes it if no figure that
// matters is worse.

import type { ComparedDigests } from '@digits/protocol';
import { NnError } from '../../src/errors.ts';
import type { GateRow } from '../../src/evaluation/gate/gate-row.ts';
import { explainOutcome, figuresOf, type GateOutcome } from '../../src/evaluation/gate/outcome.ts';
import { changeChampion } from '../../src/registry/change-champion.ts';
import { isSameVersion } from '../../src/registry/history.ts';
import { selfTest } from '../../src/registry/self-test/self-test.ts';
import { findVersion } from '../../src/registry/versions.ts';
import { type CommandContext, runAsProcess, textStream, writeJsonLine } from '../shared/command.ts';
import { publishTo } from '../shared/publication.ts';
import { wrapSentences } from '../shared/table.ts';
import { compareModels } from './compare-models.ts';
import {
  type EarlierComparison,
  isSameComparison,
  readEarlierComparison,
} from './compared-digests.ts';
import {
  type CurrentChampion,
  type GateModel,
  loadCurrentChampion,
  loadGateModel,
} from './gate-models.ts';
import { type GateSets, loadGateSets } from './gate-sets.ts';
import { type PromoteOptions, parsePromoteOptions } from './options.ts';
import { type Comparison, describeRows } from './text.ts';

const notPassedExitCode = 1;

if (import.meta.main) await runAsProcess(promoteCommand);

/**
 * Runs the command.
 *
 * @returns exit code 1 if the version does not pass the gate
 * @throws CommanderError for invalid options; NnError for an unusable version or data
 */
export async function promoteCommand(context: CommandContext): Promise<number> {
  const options = parsePromoteOptions(context.args, context);
  const text = textStream(context, options.json);
  const print = (line: string) => text.write(`${wrapSentences(line, text)}\n`);
  const { models } = options;
  const earlier =
    options.compared === null ? undefined : await readEarlierComparison(options.compared);
  const candidate = await loadGateModel(models, await findVersion(models, options.version));
  // Also with --force: no service would load it.
  selfTest({ version: candidate.file.version, model: candidate.model });
  let current = await loadCurrentChampion(models);
  const gateSets = isSameVersion(current.file, candidate.file)
    ? undefined
    : await loadGateSets(options, context.signal);
  if (gateSets?.corrections) print(gateSets.corrections);

  // Repeated if another process changes the champion during the comparison.
  for (;;) {
    const pair = { current, candidate, gateSets };
    const comparison = reuse(earlier, pair, print) ?? (await compareOnce(pair, options, context));
    if (current.problem) print(current.problem);
    text.write(describeRows(comparison, text));
    const isWanted =
      gateSets !== undefined && !options.dryRun && (comparison.passes || options.force);
    const promoted = isWanted && (await tryPromote(options, current, candidate, comparison));
    if (isWanted && !promoted) {
      current = await loadCurrentChampion(models);
      print('The champion changed during the comparison; compared with the new one:');
      continue;
    }
    print(describeOutcome(comparison, promoted, options));
    const result: GateOutcome = { ...comparison, promoted };
    if (options.json) writeJsonLine(context, result);
    // Also if it is the champion already: a publication that was interrupted is completed.
    const isChampion = promoted || (gateSets === undefined && !options.dryRun);
    if (isChampion) await publishTo(options.to, models, print);
    return comparison.passes || promoted ? 0 : notPassedExitCode;
  }
}

/** Two versions and the sets to compare them on. */
interface GatePair {
  readonly current: CurrentChampion;
  readonly candidate: GateModel;
  /** undefined if the candidate is already the champion */
  readonly gateSets: GateSets | undefined;
}

/** The result of an earlier comparison if it was of the same models on the same sets. */
function reuse(
  earlier: EarlierComparison | undefined,
  pair: GatePair,
  print: (line: string) => void,
): Comparison | undefined {
  if (earlier === undefined || pair.gateSets === undefined) return undefined;
  if (isSameComparison(earlier.digests, digestsOf(pair, pair.gateSets))) {
    print('The earlier comparison was of the same models and sets: using its result.');
    return comparisonOf(pair, pair.gateSets, earlier.rows);
  }
  print('The earlier comparison was of other models or other sets: comparing again.');
  return undefined;
}

async function compareOnce(
  pair: GatePair,
  { json, progress }: PromoteOptions,
  context: CommandContext,
): Promise<Comparison> {
  const { current, candidate, gateSets } = pair;
  if (gateSets === undefined) {
    const names = namesOf(pair);
    return { ...names, digests: null, rows: [], passes: true, why: 'already the champion' };
  }
  const total = gateSets.count;
  const onStep = (done: number) => {
    if (json && progress) writeJsonLine(context, { type: 'progress', done, total });
  };
  const { stderr: stream, signal } = context;
  const shown = { stream, signal, onStep };
  const rows = await compareModels(current.model, candidate, gateSets, shown);
  return comparisonOf(pair, gateSets, rows);
}

function comparisonOf(pair: GatePair, sets: GateSets, rows: readonly GateRow[]): Comparison {
  const result = { ...namesOf(pair), digests: digestsOf(pair, sets), rows };
  if (pair.current.model) return { ...result, ...explainOutcome(rows) };
  return { ...result, passes: true, why: 'nothing to compare with' };
}

function namesOf({ current, candidate }: GatePair) {
  const champion = current.model?.file.version ?? null;
  return { type: 'gate', version: candidate.file.version, champion } as const;
}

/** Both models were verified by their digests when they were loaded. */
function digestsOf({ current, candidate }: GatePair, sets: GateSets): ComparedDigests {
  return {
    challenger: candidate.file.sha256,
    champion: current.model?.file.sha256 ?? null,
    sets: sets.sha256,
  };
}

/** Promotes the version. @returns false if the champion has changed since the comparison */
async function tryPromote(
  { models, why }: PromoteOptions,
  { file: from }: CurrentChampion,
  { file: to }: GateModel,
  { rows, passes }: Comparison,
): Promise<boolean> {
  try {
    await changeChampion(models, {
      at: new Date().toISOString(),
      action: from ? 'promote' : 'crown',
      from,
      to,
      forced: !passes,
      why,
      figures: figuresOf(rows),
    });
    return true;
  } catch (error) {
    if (error instanceof NnError && error.code === 'champion-changed') return false;
    throw error;
  }
}

function describeOutcome(
  { version, champion, passes, why }: Comparison,
  promoted: boolean,
  { dryRun }: PromoteOptions,
): string {
  if (promoted) return `${passes ? 'Passed' : 'Forced'}: ${why}.\nThe champion is now ${version}.`;
  const stays = champion === null ? '' : ` The champion is still ${champion}.`;
  if (!passes) return `Not promoted: ${why}.${stays}`;
  return `Passed: ${why}.${dryRun ? ' A dry run changes nothing.' : stays}`;
}
