// The option --to of the commands that change the champion: they publish it.

import { Option } from 'commander';
import type { ModelsFolder } from '../../src/registry/models-folder.ts';
import { publishChampion } from '../../src/registry/publish-champion.ts';

/** The value of the option. */
export interface PublicationOptions {
  /** folder in which the champion is published; null for none */
  readonly to: string | null;
}

export function publicationOption(): Option {
  return new Option(
    '--to <folder>',
    'also publish the champion in this folder, for services with MODELS_URL',
  ).default(null, 'none');
}

/** Publishes the champion if the option is given. @throws NnError as `publishChampion` */
export async function publishTo(
  folder: string | null,
  models: ModelsFolder,
  print: (line: string) => void,
): Promise<void> {
  if (folder === null) return;
  const { version } = await publishChampion(models, folder);
  print(`Published ${version} in ${folder}.`);
}
