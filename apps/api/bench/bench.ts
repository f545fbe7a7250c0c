// nx run api:bench: measures requests a second over keep-alive loopback connections. --peers compares
// Python services, which accept forms, in alternating rounds, so that all see the same load of the
// machine: one with the champion, and one with the network of the laboratory report that this project began as.
// --explain measures explanations and neurons instead; --json prints one document.

import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { type Contestant, championFile, hasPython, startOurs, startPython } from './contestants.ts';
import { describeExplanations, measureExplanations } from './explanations.ts';
import { loadGenerator, measureLoad } from './load.ts';
import { form, type Row, rows } from './requests.ts';

const usage = `Usage: nx run api:bench -- [--peers] [--rounds N] [--seconds N] [--starts N] [--explain] [--json]
`;

const { values: options } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    starts: { type: 'string', default: '5' },
    peers: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    explain: { type: 'boolean', default: false },
  },
});

/** The layer sizes of the network of the report. */
const reportNetwork = '784-128-64-10';

/** V8 has compiled what a request calls often. */
const warmUpSeconds = 6;

interface Figures {
  readonly imagesPerSecond: number;
  readonly p99Ms: number;
  readonly refused: number;
}

if (options.help) {
  process.stdout.write(usage);
  process.exit();
}
if (options.explain) {
  const report = await measureExplanations(Number(options.rounds));
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describeExplanations(report));
  process.exit();
}
const startMs = await measureStart();
const ours = await startOurs();
const peers = options.peers && hasPython() ? await startPeers() : [];
const output = options.json ? process.stderr : process.stdout;
try {
  const report = { asker: loadGenerator, startMs, rows: await measureRows() };
  output.write(`ready ${startMs.toFixed(0)} ms after its start; load from ${loadGenerator}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  ours.process.kill();
  for (const { contestant } of peers) contestant.process.kill();
}

/** From spawning the process to its first ready answer, in ms: the median of several starts. */
async function measureStart(): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < Number(options.starts); start++) {
    const { process: child, startMs } = await startOurs();
    times.push(startMs);
    child.kill();
    await once(child, 'exit');
  }
  return middleOf(times);
}

interface Peer {
  readonly name: string;
  readonly contestant: Contestant;
}

async function startPeers(): Promise<Peer[]> {
  return [
    { name: 'champion', contestant: await startPython(championFile()) },
    { name: reportNetwork, contestant: await startPython(reportNetwork) },
  ];
}

interface MeasuredRow {
  readonly name: string;
  readonly goal: number | undefined;
  readonly imagesPerRequest: number;
  readonly ours: Figures;
  /** The Python services with forms. */
  readonly peers: readonly { readonly name: string; readonly figures: Figures }[];
}

async function measureRows(): Promise<MeasuredRow[]> {
  const measured: MeasuredRow[] = [];
  for (const { name, goal, imagesPerRequest, request } of rows) {
    await measureLoad(ours.url, request, warmUpSeconds);
    const ourFigures: Figures[] = [];
    const peerFigures: Figures[][] = peers.map(() => []);
    for (let round = 0; round < Number(options.rounds); round++) {
      ourFigures.push(await measure(ours, request, imagesPerRequest));
      for (const [i, { contestant }] of peers.entries()) {
        peerFigures[i]!.push(await measure(contestant, form, 1));
      }
    }
    const row: MeasuredRow = {
      ...{ name, goal, imagesPerRequest, ours: median(ourFigures) },
      peers: peers.map((peer, i) => ({ name: peer.name, figures: median(peerFigures[i]!) })),
    };
    output.write(`${describe(row)}\n`);
    measured.push(row);
  }
  return measured;
}

async function measure(
  { url }: Contestant,
  request: Row['request'],
  images: number,
): Promise<Figures> {
  const { requestsPerSecond, ...rest } = await measureLoad(url, request, Number(options.seconds));
  return { imagesPerSecond: requestsPerSecond * images, ...rest };
}

function median(figures: readonly Figures[]): Figures {
  const middle = (value: (figure: Figures) => number) => middleOf(figures.map(value));
  return {
    imagesPerSecond: middle(figure => figure.imagesPerSecond),
    p99Ms: middle(figure => figure.p99Ms),
    refused: figures.reduce((sum, { refused }) => sum + refused, 0),
  };
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function describe({ name, goal, imagesPerRequest, ours: our, peers }: MeasuredRow): string {
  const format = ({ imagesPerSecond, p99Ms, refused }: Figures) =>
    `${imagesPerSecond.toFixed(0)} images/s, p99 ${p99Ms.toFixed(1)} ms${refused ? `, ${refused} refused` : ''}`;
  const comparisons = peers.map(({ name, figures }) => {
    const ratio = our.imagesPerSecond / figures.imagesPerSecond;
    const aim = name === reportNetwork && goal !== undefined ? ` (goal ${goal}×)` : '';
    const p99 =
      imagesPerRequest === 1 ? `, p99 ${(our.p99Ms / figures.p99Ms).toFixed(2)} of theirs` : '';
    return `\n  Python with ${name}, forms: ${format(figures)}: ${ratio.toFixed(1)}×${aim}${p99}`;
  });
  return `${name}: ${format(our)}${comparisons.join('')}`;
}
