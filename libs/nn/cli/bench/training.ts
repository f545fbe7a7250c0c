// The training benchmark: in each run, one epoch of our training and of every installed peer in turn.

import { availableParallelism } from 'node:os';
import type { EpochResult } from './epoch.ts';
import type { OwnEpochResult } from './epoch-process.ts';
import {
  announce,
  type BenchMeasurement,
  measurement,
  medianOf,
  ratiosOf,
  type Session,
} from './measurement.ts';
import {
  findPeers,
  ownProcess,
  type Peer,
  runProcess,
  type TrainingProcess,
  type Workload,
} from './processes.ts';

/** The results of a benchmark. */
export interface Figures {
  readonly measurements: readonly BenchMeasurement[];
  /** peers without measurements, each with the reason */
  readonly absent: readonly string[];
}

const augmentationGoal = { atMost: 4 / 3 };
const memoryGoal = { atMost: 700 };
const threadsGoal = { atLeast: 1.7 };
/** Two threads if possible, as the goals are for two cores. */
const threads = Math.min(2, availableParallelism());

/** A process and its results in all runs. */
interface Series<Result extends EpochResult> {
  readonly trained: TrainingProcess;
  readonly results: Result[];
  /** the reason for excluding it, if it failed */
  failure: string | null;
}

/**
 * Measures all training processes.
 *
 * @param folder the four IDX files of MNIST, with verified digests
 */
export async function measureTraining(
  session: Session,
  folder: string,
  withPeers: boolean,
): Promise<Figures> {
  const own = {
    plain: createSeries<OwnEpochResult>(ownProcess(folder, 'plain', threads)),
    augmented: createSeries<OwnEpochResult>(ownProcess(folder, 'augmented', threads)),
    adamw: createSeries<OwnEpochResult>(ownProcess(folder, 'adamw', threads)),
    target: createSeries<OwnEpochResult>(ownProcess(folder, 'target', threads)),
  };
  const single = createSeries<OwnEpochResult>(ownProcess(folder, 'plain', 1));
  const peers = withPeers ? await findPeers(folder) : [];
  const peersWithSeries = peers.map(peer => ({
    peer,
    peerSeries: peer.processes.map(trained => createSeries(trained)),
  }));
  for (let run = 1; run <= session.runs; run++) {
    for (const series of [single, ...Object.values(own)]) await runOnce(session, series, run);
    for (const series of peersWithSeries.flatMap(({ peerSeries }) => peerSeries)) {
      await runPeerOnce(session, series, run);
    }
  }
  const compared = peersWithSeries.map(({ peer, peerSeries }) =>
    comparePeer(peer, peerSeries, own[peer.workload]),
  );
  return {
    measurements: [
      ...ownMeasurements(own, single),
      ...compared.flatMap(({ measurements }) => measurements),
    ],
    absent: compared.flatMap(({ absent }) => absent),
  };
}

function createSeries<Result extends EpochResult>(trained: TrainingProcess): Series<Result> {
  return { trained, results: [], failure: null };
}

async function runOnce<Result extends EpochResult>(
  session: Session,
  { trained, results }: Series<Result>,
  run: number,
): Promise<void> {
  await announce(session, `epoch, ${trained.name}`, run);
  results.push(await runProcess<Result>(trained, run, session.signal));
}

/** Runs a peer; if it fails, it is excluded and reported, unlike our training, which must not fail. */
async function runPeerOnce(
  session: Session,
  series: Series<EpochResult>,
  run: number,
): Promise<void> {
  if (series.failure !== null) return;
  try {
    await runOnce(session, series, run);
  } catch (error) {
    session.signal.throwIfAborted();
    series.failure = (error as Error).message.trim().split('\n').at(-1)!;
  }
}

function ownMeasurements(
  own: Readonly<Record<Workload, Series<OwnEpochResult>>>,
  single: Series<OwnEpochResult>,
): BenchMeasurement[] {
  const { plain, augmented } = own;
  const megabytes = [plain, augmented].map(({ results }) =>
    results.map(({ peakResidentBytes }) => peakResidentBytes / 1e6),
  );
  return [
    ...[single, ...Object.values(own)].map(epochMeasurement),
    measurement(
      `1 thread over ${threads}`,
      '×',
      ratiosOf(secondsOf(single), secondsOf(plain)),
      threadsGoal,
    ),
    measurement(
      'epoch, augmented over plain',
      '×',
      ratiosOf(secondsOf(augmented), secondsOf(plain)),
      augmentationGoal,
    ),
    measurement('training memory, peak resident', 'MB', megabytes[0]!, memoryGoal),
    measurement('training memory, augmented', 'MB', megabytes[1]!, memoryGoal),
  ];
}

/** The peer's seconds at each thread count, and the ratio of its fastest to ours. */
function comparePeer(
  { name, goal, processes }: Peer,
  peerSeries: readonly Series<EpochResult>[],
  ours: Series<OwnEpochResult>,
): Figures {
  if (processes.length === 0) return { measurements: [], absent: [`${name}: not installed`] };
  const failed = peerSeries.filter(({ failure }) => failure !== null);
  const absent = failed.map(({ trained, failure }) => `${trained.name}: ${failure}`);
  const finished = peerSeries.filter(({ failure }) => failure === null);
  const [best] = finished.toSorted((a, b) => medianOf(secondsOf(a)) - medianOf(secondsOf(b)));
  if (!best) return { measurements: [], absent };
  const ratios = ratiosOf(secondsOf(best), secondsOf(ours));
  return {
    measurements: [
      ...finished.map(epochMeasurement),
      measurement(`${best.trained.name} over ${ours.trained.name}`, '×', ratios, goal),
    ],
    absent,
  };
}

function epochMeasurement({ trained, results }: Series<EpochResult>): BenchMeasurement {
  const { engine, loss } = results[0]!;
  const seconds = results.map(result => result.seconds);
  return measurement(`epoch, ${trained.name} (${engine}, loss ${loss.toFixed(2)})`, 's', seconds);
}

function secondsOf({ results }: Series<EpochResult>): number[] {
  return results.map(({ seconds }) => seconds);
}
