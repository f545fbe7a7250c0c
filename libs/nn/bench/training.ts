// The training benchmark: epochs of ours, and of every peer that is installed, one after the other
// in each run.

import { availableParallelism } from 'node:os';
import {
  type Contestant,
  findPeers,
  ourEpoch,
  type Peer,
  type Race,
  runContestant,
} from './contestants.ts';
import type { EpochResult } from './epoch.ts';
import type { OwnEpochResult } from './epoch-process.ts';
import { type Measurement, measurement, medianOf, ratiosOf } from './measurement.ts';
import { announce, type Session } from './session.ts';

export interface Figures {
  readonly measurements: readonly Measurement[];
  /** peers without figures, and why: a sentence each */
  readonly absent: readonly string[];
}

const augmentationGoal = { atMost: 4 / 3 };
const memoryGoal = { atMost: 700 };
const threadsGoal = { atLeast: 1.7 };
/** The figures are for two cores. */
const threads = Math.min(2, availableParallelism());

interface Entrant<Result extends EpochResult> {
  readonly contestant: Contestant;
  readonly results: Result[];
  /** why it was taken out */
  failure: string | null;
}

/** @param folder the four IDX files of MNIST, their digests already checked */
export async function measureTraining(
  session: Session,
  folder: string,
  withPeers: boolean,
): Promise<Figures> {
  const own = {
    plain: enter<OwnEpochResult>(ourEpoch(folder, 'plain', threads)),
    augmented: enter<OwnEpochResult>(ourEpoch(folder, 'augmented', threads)),
    adamw: enter<OwnEpochResult>(ourEpoch(folder, 'adamw', threads)),
    target: enter<OwnEpochResult>(ourEpoch(folder, 'target', threads)),
  };
  const single = enter<OwnEpochResult>(ourEpoch(folder, 'plain', 1));
  const peers = withPeers ? await findPeers(folder) : [];
  const entered = peers.map(peer => ({
    peer,
    entrants: peer.contestants.map(contestant => enter(contestant)),
  }));
  for (let run = 1; run <= session.runs; run++) {
    for (const entrant of [single, ...Object.values(own)]) await runOnce(session, entrant, run);
    for (const entrant of entered.flatMap(({ entrants }) => entrants)) {
      await runPeerOnce(session, entrant, run);
    }
  }
  const compared = entered.map(({ peer, entrants }) => comparePeer(peer, entrants, own[peer.race]));
  return {
    measurements: [
      ...ownFigures(own, single),
      ...compared.flatMap(({ measurements }) => measurements),
    ],
    absent: compared.flatMap(({ absent }) => absent),
  };
}

function enter<Result extends EpochResult>(contestant: Contestant): Entrant<Result> {
  return { contestant, results: [], failure: null };
}

async function runOnce<Result extends EpochResult>(
  session: Session,
  { contestant, results }: Entrant<Result>,
  run: number,
): Promise<void> {
  await announce(session, `epoch, ${contestant.name}`, run);
  results.push(await runContestant<Result>(contestant, run, session.signal));
}

/** A peer that fails is taken out and told of; ours must not. */
async function runPeerOnce(
  session: Session,
  entrant: Entrant<EpochResult>,
  run: number,
): Promise<void> {
  if (entrant.failure !== null) return;
  try {
    await runOnce(session, entrant, run);
  } catch (error) {
    session.signal.throwIfAborted();
    entrant.failure = (error as Error).message.trim().split('\n').at(-1)!;
  }
}

function ownFigures(
  own: Readonly<Record<Race, Entrant<OwnEpochResult>>>,
  single: Entrant<OwnEpochResult>,
): Measurement[] {
  const { plain, augmented } = own;
  const megabytes = [plain, augmented].map(({ results }) =>
    results.map(({ peakResidentBytes }) => peakResidentBytes / 1e6),
  );
  return [
    ...[single, ...Object.values(own)].map(epochFigure),
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

/** The peer's times at each thread count, and the ratio of its best to ours. */
function comparePeer(
  { name, goal, contestants }: Peer,
  entrants: readonly Entrant<EpochResult>[],
  ours: Entrant<OwnEpochResult>,
): Figures {
  if (contestants.length === 0) return { measurements: [], absent: [`${name}: not installed`] };
  const failed = entrants.filter(({ failure }) => failure !== null);
  const absent = failed.map(({ contestant, failure }) => `${contestant.name}: ${failure}`);
  const finished = entrants.filter(({ failure }) => failure === null);
  const [best] = finished.toSorted((a, b) => medianOf(secondsOf(a)) - medianOf(secondsOf(b)));
  if (!best) return { measurements: [], absent };
  const ratios = ratiosOf(secondsOf(best), secondsOf(ours));
  return {
    measurements: [
      ...finished.map(epochFigure),
      measurement(`${best.contestant.name} over ${ours.contestant.name}`, '×', ratios, goal),
    ],
    absent,
  };
}

function epochFigure({ contestant, results }: Entrant<EpochResult>): Measurement {
  const { engine, loss } = results[0]!;
  const seconds = results.map(result => result.seconds);
  return measurement(
    `epoch, ${contestant.name} (${engine}, loss ${loss.toFixed(2)})`,
    's',
    seconds,
  );
}

function secondsOf({ results }: Entrant<EpochResult>): number[] {
  return results.map(({ seconds }) => seconds);
}
