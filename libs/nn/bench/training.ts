// The training benchmark: an epoch of ours, with and without augmentation, and of every peer that
// is installed, one after the other in each run.
import { type Contestant, findPeers, ourEpoch, type Peer, runContestant } from './contestants.ts';
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
  const plain = enter<OwnEpochResult>(ourEpoch(folder, 'plain'));
  const augmented = enter<OwnEpochResult>(ourEpoch(folder, 'augmented'));
  const peers = withPeers ? await findPeers(folder) : [];
  const entered = peers.map(peer => ({
    peer,
    entrants: peer.contestants.map(contestant => enter(contestant)),
  }));
  for (let run = 1; run <= session.runs; run++) {
    await runOnce(session, plain, run);
    await runOnce(session, augmented, run);
    for (const entrant of entered.flatMap(({ entrants }) => entrants)) {
      await runPeerOnce(session, entrant, run);
    }
  }
  const compared = entered.map(({ peer, entrants }) => comparePeer(peer, entrants, plain));
  return {
    measurements: [
      ...ownFigures(plain, augmented),
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
  results.push(await runContestant<Result>(contestant, session.signal));
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
  plain: Entrant<OwnEpochResult>,
  augmented: Entrant<OwnEpochResult>,
): Measurement[] {
  const megabytes = [plain, augmented].map(({ results }) =>
    results.map(({ peakResidentBytes }) => peakResidentBytes / 1e6),
  );
  return [
    epochFigure(plain),
    epochFigure(augmented),
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

/** The peer's times at each thread count, and the ratios to its best. */
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
  const [own, theirs] = [secondsOf(ours), secondsOf(best)];
  const rival = best.contestant.name;
  return {
    measurements: [
      ...finished.map(epochFigure),
      measurement(`ours over ${rival}`, '×', ratiosOf(own, theirs), 'atMost' in goal ? goal : null),
      measurement(
        `${rival} over ours`,
        '×',
        ratiosOf(theirs, own),
        'atLeast' in goal ? goal : null,
      ),
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
