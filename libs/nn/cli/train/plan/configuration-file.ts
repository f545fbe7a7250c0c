// Reads the configuration file of nn:train --config, validates it against the schema in libs/protocol, and
// applies it to a profile.

import { readRegularFile } from '@digits/files';
import { TrainingConfiguration as ConfigurationSchema } from '@digits/protocol';
import Value from 'typebox/value';
import { digitCount } from '../../../src/data/dataset.ts';
import type { SynthesisRecipe } from '../../../src/data/synthesis/synthesize.ts';
import { NnError } from '../../../src/errors.ts';
import type { DataForm } from '../../../src/inference/data-form.ts';
import { networkInputs } from '../../../src/preprocess/picture.ts';
import type { TrainingConfiguration } from '../../../src/training/configuration.ts';

/** The part of a training plan that a configuration file can change. */
export interface ConfigurablePlan {
  readonly configuration: TrainingConfiguration;
  readonly recipe: SynthesisRecipe;
  /** maximum number of training images; undefined for no limit */
  readonly images: number | undefined;
}

/** A validated configuration file. */
export interface ConfigurationFile {
  readonly path: string;
  readonly content: ConfigurationSchema;
}

/** A configuration has a few kilobytes. */
const maxConfigurationBytes = 1024 * 1024;

type SchemaError = ReturnType<typeof Value.Errors>[number];

/** Reads a file. @throws NnError `invalid-options` if it cannot be read or does not match the schema */
export async function readConfigurationFile(path: string): Promise<ConfigurationFile> {
  const bytes = await readRegularFile(path, maxConfigurationBytes).catch(cause => {
    throw new NnError(
      'invalid-options',
      `${path} cannot be read: ${cause.message}: specify a file with --config`,
      { cause },
    );
  });
  const content = parseJson(bytes.toString(), path);
  if (Value.Check(ConfigurationSchema, content)) return { path, content };
  throw invalid(path, describeMistake(Value.Errors(ConfigurationSchema, content)));
}

/**
 * Replaces the options that the file contains; null disables a method. Recipes are merged; all other values
 * are replaced as a whole.
 */
export function applyConfiguration(
  { configuration, recipe, images }: ConfigurablePlan,
  { content }: ConfigurationFile,
): ConfigurablePlan {
  const { recipe: ownRecipe, maxImages, ...own } = content;
  const merged: object = { ...configuration, ...own };
  const isOn = ([, value]: readonly [string, unknown]) => value !== null;
  return {
    // Validated by the schema, in which only optional methods can be null.
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
    // The message may contain several lines of the file.
    const reason = (cause as Error).message.replaceAll(/\s+/g, ' ');
    throw new NnError('invalid-options', `${path} is not JSON: ${reason}`, { cause });
  }
}

/**
 * Expects layer sizes that fit the data.
 *
 * @param form undefined for digits
 * @throws NnError `invalid-options`
 */
export function checkLayers(
  { path, content }: ConfigurationFile,
  form: DataForm | undefined,
): void {
  const { layerSizes } = content;
  const inputs = form ? form.rows * form.columns : networkInputs;
  const classes = form?.classes.length ?? digitCount;
  if (layerSizes === undefined) return;
  if (layerSizes[0] === inputs && layerSizes.at(-1) === classes) return;
  throw invalid(
    path,
    `layerSizes must begin with ${inputs} inputs and end with ${classes} classes`,
  );
}

function invalid(path: string, mistake: string): NnError {
  return new NnError('invalid-options', `${path}: ${mistake}`);
}

/** Describes the first error, for example 'phases[0].batchSize must be >= 1'. */
function describeMistake(mistakes: readonly SchemaError[]): string {
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
 * Selects the errors to report. A value that matches no variant of a union has errors for all variants; only
 * those of the variant with the value's `type`, or of the one that is not null, are relevant.
 */
function relevantMistakes(mistakes: readonly SchemaError[]): readonly SchemaError[] {
  const own = mistakes.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'boolean');
  const variantOf = ({ schemaPath }: SchemaError) =>
    /^(.*\/anyOf\/\d+)(?:\/|$)/.exec(schemaPath)?.[1] ?? '';
  const excluded = new Set(own.filter(isOtherVariant).map(variantOf));
  const relevant = own.filter(mistake => !excluded.has(variantOf(mistake)));
  return relevant.length > 0 ? relevant : own.filter(({ keyword }) => keyword === 'const');
}

function isOtherVariant({ keyword, instancePath, schemaPath, params }: SchemaError): boolean {
  if (!inUnion(schemaPath)) return false;
  if (keyword === 'const') return instancePath.endsWith('/type');
  return keyword === 'type' && 'type' in params && params.type === 'null';
}

function inUnion(schemaPath: string): boolean {
  return schemaPath.includes('/anyOf/');
}

/** The values of `type` in the variants of a union. */
function typesOf(mistakes: readonly SchemaError[], { instancePath }: SchemaError): string {
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
