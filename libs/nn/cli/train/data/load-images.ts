// Loads the images of --data and determines what they show, before the training is planned.

import { readRegularFile } from '@digits/files';
import { type FormedData, formData, withForm } from '../../../src/data/data-form.ts';
import { digitCount } from '../../../src/data/dataset.ts';
import { NnError } from '../../../src/errors.ts';
import { type DataForm, maxClasses, maxClassNameLength } from '../../../src/inference/data-form.ts';
import { printableLine } from '../../../src/printable-line.ts';
import { areDigits, describeForm, loadImages } from '../../shared/sources.ts';
import type { TrainingCommandOptions } from '../plan/options.ts';

type ImageOptions = Pick<
  TrainingCommandOptions,
  'data' | 'classes' | 'classNames' | 'strokes' | 'pictures' | 'feedback' | 'probe'
>;

/** A character has at most four bytes. */
const maxNamesBytes = 4 * maxClasses * maxClassNameLength;

/**
 * Loads the images of a training.
 *
 * @returns undefined for MNIST, which is loaded when the training has been planned
 * @throws NnError what `loadIdxFolder` and `formData` throw; `invalid-options` for an unusable file of names, and
 * for options that need digits with data that is not of digits
 */
export async function loadOwnImages(options: ImageOptions): Promise<FormedData | undefined> {
  if (options.data === null) return undefined;
  const names = options.classNames === null ? undefined : await readClassNames(options.classNames);
  const data = await loadImages(options.data);
  const count = options.classes ?? undefined;
  if (areDigits(options) && !names && (count ?? digitCount) === digitCount) {
    return { data: withForm(data, undefined), form: undefined };
  }
  if (names && count !== undefined && names.length !== count) {
    throw invalid(`${options.classNames} has ${names.length} names for --classes ${count}`);
  }
  const formed = formData(data, { count, names });
  if (formed.form) checkOptions(options, formed.form);
  return formed;
}

function checkOptions({ strokes, pictures, feedback, probe }: ImageOptions, form: DataForm): void {
  const given = {
    '--strokes': strokes.length > 0,
    '--pictures': pictures.length > 0,
    '--feedback': feedback !== null,
    '--probe': probe.length > 0,
  };
  const [wrong] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (wrong === undefined) return;
  throw invalid(`${wrong} is for digits, but --data has ${describeForm(form)}`);
}

async function readClassNames(path: string): Promise<string[]> {
  const bytes = await readRegularFile(path, maxNamesBytes).catch(cause => {
    throw invalid(`${path} cannot be read: ${cause.message}: specify a file with --class-names`);
  });
  const names = bytes.toString().trimEnd().split(/\r?\n/);
  const wrong = names.findIndex(
    name => name.trim() === '' || name.length > maxClassNameLength || name !== printableLine(name),
  );
  if (wrong >= 0) {
    throw invalid(
      `${path}, line ${wrong + 1}: expected the name of a class, of 1 to ${maxClassNameLength} characters`,
    );
  }
  if (new Set(names).size !== names.length || names.length < 2 || names.length > maxClasses) {
    throw invalid(`${path}: expected 2 to ${maxClasses} different names, one a line`);
  }
  return names;
}

function invalid(message: string): NnError {
  return new NnError('invalid-options', message);
}
