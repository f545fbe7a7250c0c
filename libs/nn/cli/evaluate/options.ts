// The options of nn:evaluate, parsed and checked before anything is read or written.

import { Option } from 'commander';
import { addTo, createCommand } from '../shared/command.ts';

export interface EvaluationCommandOptions {
  /** null: the champion */
  readonly model: string | null;
  /** null: MNIST */
  readonly data: string | null;
  /** none: no drawings */
  readonly strokes: readonly string[];
  /** whether test and validation images are enough */
  readonly quick: boolean;
  /** null: no report */
  readonly report: string | null;
  readonly json: boolean;
}

/** @throws CommanderError, its message already printed */
export function parseEvaluationOptions(argv: readonly string[]): EvaluationCommandOptions {
  return createCommand(
    'evaluate',
    'Measures a model on test and validation images, corrupted images, drawings, and no digits.',
  )
    .addOption(
      new Option('--model <file>', 'a .safetensors file').default(null, 'the champion in models/'),
    )
    .addOption(
      new Option('--data <folder>', 'four IDX files, plain or gzipped').default(null, 'MNIST'),
    )
    .addOption(
      new Option('--strokes <folder>', 'recorded pen strokes, .jsonl files; repeatable')
        .argParser(addTo)
        .default([], 'no drawings'),
    )
    .option('--quick', 'test and validation images only', false)
    .addOption(
      new Option('--report <folder>', 'where report.html and evaluation.json go').default(
        null,
        'no report',
      ),
    )
    .option('--json', 'one JSON document on stdout, for programs', false)
    .parse(argv, { from: 'user' })
    .opts<EvaluationCommandOptions>();
}
