// nx run nn:promote: compares a trained version with the champion, and puts it in its place if
// nothing that matters is worse.

import { NnError } from '../../src/errors.ts';
import { explainOutcome, figuresOf, type GateOutcome } from '../../src/evaluation/gate/outcome.ts';
import { changeChampion } from '../../src/registry/change-champion.ts';
import { isSameVersion } from '../../src/registry/history.ts';
import { findVersion } from '../../src/registry/versions.ts';
import { runCommand } from '../shared/command.ts';
import {
  type CurrentChampion,
  type GateModel,
  loadCurrentChampion,
  loadGateModel,
} from './candidate.ts';
import { compareModels } from './compare.ts';
import { type GateSets, loadGateSets } from './gate-sets.ts';
import { type PromoteOptions, parsePromoteOptions } from './options.ts';
import { describeRows } from './text.ts';

const stoppedExitCode = 1;

type Compared = Omit<GateOutcome, 'promoted'>;

await runCommand(async signal => {
  const options = parsePromoteOptions(process.argv.slice(2));
  const people = options.json ? process.stderr : process.stdout;
  const say = (line: string) => people.write(`${line}\n`);
  const { models } = options;
  const challenger = await loadGateModel(models, await findVersion(models, options.version));
  let standing = await loadCurrentChampion(models);
  const gateSets = isSameVersion(standing.file, challenger.file)
    ? null
    : await loadGateSets(options, signal);
  if (gateSets?.corrections) say(gateSets.corrections);

  for (;;) {
    const compared = await compareOnce(gateSets, standing, challenger, signal);
    if (standing.problem) say(standing.problem);
    people.write(describeRows(compared, people));
    const isWanted = gateSets !== null && !options.dryRun && (compared.passes || options.force);
    const promoted = isWanted && (await promote(options, standing, challenger, compared));
    if (isWanted && !promoted) {
      standing = await loadCurrentChampion(models);
      say('Another version became the champion meanwhile; compared with that one:');
      continue;
    }
    say(describeEnd(compared, promoted, options));
    const outcome: GateOutcome = { ...compared, promoted };
    if (options.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
    if (!compared.passes && !promoted) process.exitCode = stoppedExitCode;
    return;
  }
});

/** @param gateSets null where the challenger is the champion already */
async function compareOnce(
  gateSets: GateSets | null,
  { model: champion }: CurrentChampion,
  challenger: GateModel,
  signal: AbortSignal,
): Promise<Compared> {
  const { version } = challenger.file;
  const names = { type: 'gate', version, champion: champion?.file.version ?? null } as const;
  if (gateSets === null) return { ...names, rows: [], passes: true, why: 'already the champion' };
  const rows = await compareModels(champion, challenger, gateSets.sets(), signal);
  if (champion) return { ...names, rows, ...explainOutcome(rows) };
  return { ...names, rows, passes: true, why: 'nothing to compare with' };
}

/** @returns false where the champion is another by now than the one that was compared with */
async function promote(
  { models, why }: PromoteOptions,
  { file: from }: CurrentChampion,
  { file: to }: GateModel,
  { rows, passes }: Compared,
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

function describeEnd(
  { version, champion, passes, why }: Compared,
  promoted: boolean,
  { dryRun }: PromoteOptions,
): string {
  if (promoted) return `${passes ? 'Passed' : 'Forced'}: ${why}.\nThe champion is now ${version}.`;
  const stays = champion === null ? '' : ` The champion stays ${champion}.`;
  if (!passes) return `Stopped: ${why}.${stays}`;
  return `Passed: ${why}.${dryRun ? ` Nothing is changed by a dry run.` : stays}`;
}
