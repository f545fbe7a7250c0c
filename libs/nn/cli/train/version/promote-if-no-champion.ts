// Promotes a trained model if there is no champion; otherwise prints the command for the gate.

import { type ChampionFile, loadChampion } from '../../../src/registry/champion.ts';
import { changeChampion } from '../../../src/registry/change-champion.ts';
import { findChampionFile } from '../../../src/registry/history.ts';
import { ownFolder } from '../../../src/registry/models-folder.ts';
import { feedbackOption, quote, type TrainingCommandOptions } from '../plan/options.ts';

/**
 * Promotes the model unless there is a champion; replacing one is the gate's decision.
 *
 * @returns whether the model is the champion now
 * @throws NnError what `changeChampion` throws
 */
export async function promoteIfNoChampion(
  options: TrainingCommandOptions,
  model: ChampionFile,
  print: (line: string) => void,
): Promise<boolean> {
  const { out } = options;
  const champion = await loadChampion(out).catch(() => undefined);
  if (champion) {
    if (champion.version === model.version) return true;
    print(
      `The champion is still ${champion.version}. To compare the two and promote the better one:\n` +
        `  ${promotionOf(options, model)}`,
    );
    return false;
  }
  await changeChampion(out, {
    at: new Date().toISOString(),
    action: 'crown',
    from: await findChampionFile(out),
    to: model,
    forced: false,
    why: null,
    figures: {},
  });
  print(`The champion is now ${model.version}.`);
  return true;
}

/** The shell command that compares the model with the champion. */
function promotionOf(options: TrainingCommandOptions, model: ChampionFile) {
  const { strokes, out, program } = options;
  return [
    `${program.callOf('promote')} ${model.version}`,
    ...feedbackOption(options),
    ...strokes.map(folder => `--strokes ${quote(folder)}`),
    ...(out === program.models ? [] : [`--models ${quote(ownFolder(out))}`]),
  ].join(' ');
}
