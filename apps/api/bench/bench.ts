// nx run api:bench: measures requests a second over keep-alive loopback connections. --peers compares
// a Python service, which accepts forms, in alternating rounds, so that both see the same load of the
// machine. --explain measures explanations and neurons instead; --json prints one document.

import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { Request } from 'autocannon';
import { type Contestant, startOurs, startPython } from './contestants.ts';
import { describeExplanations, measureExplanations } from './explanations.ts';
import { loadGenerator, measureLoad } from './load.ts';
import { form, rows } from './requests.ts';

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
const python = options.peers ? await startPython() : undefined;
const output = options.json ? process.stderr : process.stdout;
try {
  const report = { asker: loadGenerator, startMs, rows: await measureRows() };
  output.write(`ready ${startMs.toFixed(0)} ms after its start; load from ${loadGenerator}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  ours.process.kill();
  python?.process.kill();
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

async function measureRows() {
  const measured = [];
  for (const { name, goal, imagesPerRequest, request } of rows) {
    const ourFigures: Figures[] = [];
    const peerFigures: Figures[] = [];
    // The first round is a warm-up.
    for (let round = 0; round <= Number(options.rounds); round++) {
      const figures = await measure(ours, request, imagesPerRequest);
      const peer = python && (await measure(python, form, 1));
      if (round === 0) continue;
      ourFigures.push(figures);
      if (peer) peerFigures.push(peer);
    }
    const row = {
      name,
      goal,
      ours: median(ourFigures),
      python: python ? median(peerFigures) : null,
    };
    output.write(`${describe(row)}\n`);
    measured.push(row);
  }
  return measured;
}

async function measure({ url }: Contestant, request: Request, images: number): Promise<Figures> {
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

function describe(row: { name: string; goal: number; ours: Figures; python: Figures | null }) {
  const format = ({ imagesPerSecond, p99Ms, refused }: Figures) =>
    `${imagesPerSecond.toFixed(0)} images/s, p99 ${p99Ms.toFixed(1)} ms${refused ? `, ${refused} refused` : ''}`;
  const ratio = row.python && row.ours.imagesPerSecond / row.python.imagesPerSecond;
  const comparison = ratio
    ? `; Python, multipart ${format(row.python!)}: ${ratio.toFixed(1)}×`
    : '';
  return `${row.name}: ${format(row.ours)}${comparison}${ratio ? `, goal ${row.goal}×` : ''}`;
}
