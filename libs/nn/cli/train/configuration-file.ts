// The configuration file of nn:train --config: read, checked against the published schema, and
// applied to the profile that the training starts from.

import { readFile } from 'node:fs/promises';
import { TrainingConfiguration as ConfigurationSchema } from '@digits/protocol';
import Value from 'typebox/value';
import { classCount } from '../../src/data/dataset.ts';
import type { SynthesisRecipe } from '../../src/data/synthesis/synthesize.ts';
import { NnError } from '../../src/errors.ts';
import { networkInputs } from '../../src/preprocess/picture.ts';
import type { TrainingConfiguration } from '../../src/training/configuration.ts';

/** The parts of a plan that a configuration file can change. */
export interface ConfigurablePlan {
  readonly configuration: TrainingConfiguration;
  readonly recipe: SynthesisRecipe;
  /** number of training images that are used at most; undefined for no limit */
  readonly images: number | undefined;
}

/** The parsed content of a configuration file. */
export interface ConfigurationFile {
  readonly path: string;
  readonly content: ConfigurationSchema;
}

type Mistake = ReturnType<typeof Value.Errors>[number];

/** @throws NnError `invalid-options` for a file that cannot be read or does not fit the schema */
export async function readConfigurationFile(path: string): Promise<ConfigurationFile> {
  const text = await readFile(path, 'utf8').catch(cause => {
    throw new NnError('invalid-options', `${path} cannot be read: name a file with --config`, {
      cause,
    });
  });
  const content = parseJson(text, path);
  if (Value.Check(ConfigurationSchema, content)) {
    checkLayers(content, path);
    return { path, content };
  }
  throw invalid(path, describeMistake(Value.Errors(ConfigurationSchema, content)));
}

/**
 * Replaces what the file names; null switches a method off. A recipe is merged with the plan's, every
 * other value replaces the plan's as a whole.
 */
export function applyConfiguration(
  { configuration, recipe, images }: ConfigurablePlan,
  { content }: ConfigurationFile,
): ConfigurablePlan {
  const { recipe: ownRecipe, maxImages, ...own } = content;
  const merged: object = { ...configuration, ...own };
  const isOn = ([, value]: readonly [string, unknown]) => value !== null;
  return {
    // Checked by the schema; only the optional methods of a configuration can be null in it.
    configuration: Object.fromEntries(
      Object.entries(merged).filter(isOn),
    ) as unknown as TrainingConfiguration,
    recipe: { ...recipe, ...ownRecipe },
    images: maxImages ?? images,
  };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The message may quote several lines of the file.
    const reason = (cause as Error).message.replaceAll(/\s+/g, ' ');
    throw new NnError('invalid-options', `${path} is not JSON: ${reason}`, { cause });
  }
}

function checkLayers({ layerSizes }: ConfigurationSchema, path: string): void {
  if (layerSizes === undefined) return;
  if (layerSizes[0] === networkInputs && layerSizes.at(-1) === classCount) return;
  throw invalid(
    path,
    `layerSizes must begin with ${networkInputs} inputs and end with ${classCount} classes`,
  );
}

function invalid(path: string, mistake: string): NnError {
  return new NnError('invalid-options', `${path}: ${mistake}`);
}

/** The first mistake, for example 'phases[0].batchSize must be >= 1'. */
function describeMistake(mistakes: readonly Mistake[]): string {
  const unknown = mistakes.find(
    ({ keyword, schemaPath }) => keyword === 'additionalProperties' && !inUnion(schemaPath),
  );
  const [first] = unknown ? [unknown] : relevantMistakes(mistakes);
  if (first === undefined) return 'does not fit the schema';
  const place = placeOf(first.instancePath);
  if (first.keyword === 'additionalProperties') {
    const [name] = first.params.additionalProperties;
    return `${place === '' ? '' : `${place}.`}${name} is not an option`;
  }
  const expected = first.keyword === 'const' ? typesOf(mistakes, first) : first.message;
  return `${place === '' ? 'the configuration' : place} ${expected}`;
}

/**
 * A value that fits no variant of a union has mistakes in all of them: those of the variant with the
 * value's `type` count, or of the one that is not null.
 */
function relevantMistakes(mistakes: readonly Mistake[]): readonly Mistake[] {
  const own = mistakes.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'boolean');
  const variantOf = ({ schemaPath }: Mistake) =>
    /^(.*\/anyOf\/\d+)(?:\/|$)/.exec(schemaPath)?.[1] ?? '';
  const excluded = new Set(own.filter(isOtherVariant).map(variantOf));
  const relevant = own.filter(mistake => !excluded.has(variantOf(mistake)));
  return relevant.length > 0 ? relevant : own.filter(({ keyword }) => keyword === 'const');
}

function isOtherVariant({ keyword, instancePath, schemaPath, params }: Mistake): boolean {
  if (!inUnion(schemaPath)) return false;
  if (keyword === 'const') return instancePath.endsWith('/type');
  return keyword === 'type' && 'type' in params && params.type === 'null';
}

function inUnion(schemaPath: string): boolean {
  return schemaPath.includes('/anyOf/');
}

/** What a `type` can be in the variants of a union. */
function typesOf(mistakes: readonly Mistake[], { instancePath }: Mistake): string {
  const types = mistakes.flatMap(mistake =>
    mistake.keyword === 'const' && mistake.instancePath === instancePath
      ? [String(mistake.params.allowedValue)]
      : [],
  );
  return `must be one of ${types.join(', ')}`;
}

/** '/phases/0/batchSize' as 'phases[0].batchSize'. */
function placeOf(instancePath: string): string {
  return instancePath
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
}
