// nx run nn:promote: compares a trained version with the champion, and promotes it if no figure that
// matters is worse.

import { NnError } from '../../src/errors.ts';
import { explainOutcome, figuresOf, type GateOutcome } from '../../src/evaluation/gate/outcome.ts';
import { changeChampion } from '../../src/registry/change-champion.ts';
import { isSameVersion } from '../../src/registry/history.ts';
import { findVersion } from '../../src/registry/versions.ts';
import { type CommandContext, runAsProcess, textStream, writeJsonLine } from '../shared/command.ts';
import { compareModels } from './compare-models.ts';
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
  const print = (line: string) => text.write(`${line}\n`);
  const { models } = options;
  const candidate = await loadGateModel(models, await findVersion(models, options.version));
  let current = await loadCurrentChampion(models);
  const gateSets = isSameVersion(current.file, candidate.file)
    ? undefined
    : await loadGateSets(options, context.signal);
  if (gateSets?.corrections) print(gateSets.corrections);

  // Repeated if another process changes the champion during the comparison.
  for (;;) {
    const comparison = await compareOnce(gateSets, current, candidate, context);
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
    return comparison.passes || promoted ? 0 : notPassedExitCode;
  }
}

/** Compares once. @param gateSets undefined if the candidate is already the champion */
async function compareOnce(
  gateSets: GateSets | undefined,
  { model: champion }: CurrentChampion,
  candidate: GateModel,
  context: CommandContext,
): Promise<Comparison> {
  const { version } = candidate.file;
  const names = { type: 'gate', version, champion: champion?.file.version ?? null } as const;
  if (gateSets === undefined)
    return { ...names, rows: [], passes: true, why: 'already the champion' };
  const rows = await compareModels(champion, candidate, gateSets.sets(), context);
  if (champion) return { ...names, rows, ...explainOutcome(rows) };
  return { ...names, rows, passes: true, why: 'nothing to compare with' };
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
