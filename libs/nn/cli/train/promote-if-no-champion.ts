// A trained model becomes the champion where there is none; elsewhere the way to the gate is told.

import { type ChampionFile, loadChampion } from '../../src/registry/champion.ts';
import { changeChampion } from '../../src/registry/change-champion.ts';
import { findChampionFile } from '../../src/registry/history.ts';
import { modelsFolder } from '../shared/models-folder.ts';
import { quote, type TrainingCommandOptions } from './options.ts';

/**
 * Whether a model is good enough to replace another is for the gate to say.
 *
 * @returns whether it is the champion now
 * @throws NnError what `changeChampion` throws
 */
export async function promoteIfNoChampion(
  options: TrainingCommandOptions,
  model: ChampionFile,
  say: (line: string) => void,
): Promise<boolean> {
  const { out } = options;
  const champion = await loadChampion(out).catch(() => null);
  if (champion) {
    if (champion.version === model.version) return true;
    say(
      `The champion stays ${champion.version}. To compare the two, and promote the better one:\n` +
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
  say(`The champion is now ${model.version}.`);
  return true;
}

/** The command as a person would type it. */
function promotionOf({ feedback, strokes, out }: TrainingCommandOptions, model: ChampionFile) {
  return [
    `npx nx run nn:promote ${model.version}`,
    ...(feedback === null ? [] : [`--feedback${feedback === true ? '' : ` ${quote(feedback)}`}`]),
    ...strokes.map(folder => `--strokes ${quote(folder)}`),
    ...(out === modelsFolder ? [] : [`--models ${quote(out)}`]),
  ].join(' ');
}
