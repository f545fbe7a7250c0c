// The first stage of a step: some rows of the batch, from the pictures to the gradients by every
// layer's output. A task is a run of neighbouring rows, and what it computes hangs on them alone.
import { augmentRow } from '../augment/augment.ts';
import { gatherRow, noDigit } from '../data/samples.ts';
import { panelColumns } from '../kernels/kernels.ts';
import { dropOut } from '../layers/dropout.ts';
import { Random } from '../random.ts';
import type { SharedRun } from './shared-run.ts';
import { streams } from './state.ts';
import type { StageWork, Step } from './step.ts';

/** Fewer rows at a time would read the weights too often for what is done with them. */
const leastRows = 16;

/** Rows of a task: as many as can be, but two tasks for each thread, to even out their paces. */
function rowsPerTask(M: number, threads: number): number {
  return threads === 1 ? M : Math.max(leastRows, Math.ceil(M / (2 * threads)));
}

export function createPass(run: SharedRun): StageWork {
  const views = new Map<number, RowsView>();
  const viewOf = (from: number, to: number): RowsView => {
    const key = from * (run.capacity + 1) + to;
    const known = views.get(key);
    if (known) return known;
    const view = viewRows(run, from, to);
    views.set(key, view);
    return view;
  };
  return {
    countOf: ({ M }) => Math.ceil(M / rowsPerTask(M, run.threads)),
    run(step, task) {
      const rows = rowsPerTask(step.M, run.threads);
      const from = task * rows;
      const view = viewOf(from, Math.min(step.M, from + rows));
      fillInput(run, step, view);
      passForward(run, step, view);
      computeLosses(run, step, view);
      passBackward(run, view);
    },
  };
}

/** Views on some rows of every array, made once. */
interface RowsView {
  readonly from: number;
  readonly M: number;
  readonly input: Float32Array;
  readonly layers: readonly {
    readonly output: Float32Array;
    readonly dOutput: Float32Array;
    readonly dOutputPanels: Float32Array;
  }[];
  /** each row by itself: logits, its gradient, and its label */
  readonly last: readonly {
    readonly logits: Float32Array;
    readonly dLogits: Float32Array;
    readonly label: Uint8Array;
  }[];
}

function viewRows({ layers, rooms, input, labels }: SharedRun, from: number, to: number): RowsView {
  const rowsOf = (array: Float32Array, width: number) => array.subarray(from * width, to * width);
  const room = rooms.at(-1)!;
  const N = layers.at(-1)!.outputs;
  return {
    from,
    M: to - from,
    input: rowsOf(input, layers[0]!.inputs),
    layers: rooms.map(({ output, dOutput, dOutputPanels }, i) => ({
      output: rowsOf(output, layers[i]!.outputs),
      dOutput: rowsOf(dOutput, layers[i]!.outputs),
      dOutputPanels: dOutputPanels.subarray(from * panelColumns),
    })),
    last: Array.from({ length: to - from }, (_, i) => ({
      logits: room.output.subarray((from + i) * N, (from + i + 1) * N),
      dLogits: room.dOutput.subarray((from + i) * N, (from + i + 1) * N),
      label: labels.subarray(from + i, from + i + 1),
    })),
  };
}

function fillInput(run: SharedRun, { first }: Step, { from, M }: RowsView): void {
  const { samples, order, changes, field, input, labels, smoothing, configuration } = run;
  for (let row = from; row < from + M; row++) {
    const index = order[first + row]!;
    const label = samples.labels[index]!;
    labels[row] = label === noDigit ? 0 : label;
    smoothing[row] = label === noDigit ? 1 : configuration.labelSmoothing;
    const at = row * samples.size;
    if (configuration.augmentation) {
      augmentRow(input, at, samples, index, changes, row, field);
    } else {
      gatherRow(input, at, samples, index);
    }
  }
}

function passForward(run: SharedRun, step: Step, view: RowsView): void {
  const { kernels, layers, rooms, configuration } = run;
  const random = configuration.dropout > 0 ? dropoutStreams(run, step, view) : null;
  let input = view.input;
  for (const [i, { inputs, outputs, bias, activation }] of layers.entries()) {
    const { output } = view.layers[i]!;
    const shape = { M: view.M, K: inputs, N: outputs };
    kernels.multiplyRows(output, input, rooms[i]!.panels, bias, shape, activation);
    if (random && activation === 'relu') {
      for (const [row, stream] of random.entries()) {
        const units = output.subarray(row * outputs, (row + 1) * outputs);
        dropOut(units, outputs, configuration.dropout, stream);
      }
    }
    input = output;
  }
}

/** A stream for each row, so that it is the same whoever computes the row. */
function dropoutStreams({ seed }: SharedRun, { epochs, batch }: Step, { from, M }: RowsView) {
  return Array.from(
    { length: M },
    (_, i) => new Random(seed, streams.dropout, epochs, batch, from + i),
  );
}

function computeLosses(run: SharedRun, { M }: Step, { from, last }: RowsView): void {
  const { kernels, losses, layers, smoothing } = run;
  const N = layers.at(-1)!.outputs;
  for (const [i, { logits, dLogits, label }] of last.entries()) {
    const shape = { M: 1, N, labelSmoothing: smoothing[from + i]!, meanOver: M };
    losses[from + i] = kernels.softmaxCrossEntropy(dLogits, logits, label, shape);
  }
}

function passBackward(
  { kernels, layers, rooms, capacity, configuration }: SharedRun,
  view: RowsView,
) {
  const keptScale = 1 / (1 - configuration.dropout);
  for (let i = layers.length - 1; i >= 0; i--) {
    const { inputs, outputs, activation } = layers[i]!;
    const { output, dOutput, dOutputPanels } = view.layers[i]!;
    if (activation === 'relu') {
      kernels.reluGradient(dOutput, output, view.M * outputs, keptScale);
    }
    kernels.packPanels(dOutputPanels, dOutput, { rows: view.M, columns: outputs, capacity });
    const panels = rooms[i]!.transposedPanels;
    if (panels) {
      const shape = { M: view.M, K: outputs, N: inputs };
      kernels.multiplyRows(view.layers[i - 1]!.dOutput, dOutput, panels, null, shape, 'identity');
    }
  }
}
