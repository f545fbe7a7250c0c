// nx run api:bench: requests a second over keep-alive loopback, as load.ts asks. --peers adds the
// Python service, which takes forms; in every row it is asked in turns with ours, so that both share
// the machine's moods. --soak N sends N more and watches the memory, --json prints one document.

import { once } from 'node:events';
import { parseArgs } from 'node:util';
import autocannon, { type Request } from 'autocannon';
import { type Contestant, residentMiB, startOurs, startPython } from './contestants.ts';
import { ask, asker, connections } from './load.ts';
import { form, rows } from './requests.ts';

const usage = `Usage: nx run api:bench -- [--peers] [--rounds N] [--seconds N] [--starts N] [--soak N] [--json]
`;

const { values: options } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    starts: { type: 'string', default: '5' },
    peers: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    soak: { type: 'string', default: '0' },
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
const startMs = await measureStart();
const ours = await startOurs();
const python = options.peers ? await startPython() : null;
const people = options.json ? process.stderr : process.stdout;
try {
  const report = { asker, startMs, rows: await measureRows(), soak: await soak() };
  people.write(`ready ${startMs.toFixed(0)} ms after it was started; asked by ${asker}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  ours.process.kill();
  python?.process.kill();
}

/** From spawning the process to its first ready answer, in ms: the median of some starts. */
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
    const our: Figures[] = [];
    const their: Figures[] = [];
    // The first round warms up and does not count.
    for (let round = 0; round <= Number(options.rounds); round++) {
      const figures = await measure(ours, request, imagesPerRequest);
      const peer = python && (await measure(python, form, 1));
      if (round === 0) continue;
      our.push(figures);
      if (peer) their.push(peer);
    }
    const row = { name, goal, ours: median(our), python: python ? median(their) : null };
    people.write(`${describe(row)}\n`);
    measured.push(row);
  }
  return measured;
}

async function measure({ url }: Contestant, request: Request, images: number): Promise<Figures> {
  const { requestsPerSecond, ...rest } = await ask(url, request, Number(options.seconds));
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
  const tell = ({ imagesPerSecond, p99Ms, refused }: Figures) =>
    `${imagesPerSecond.toFixed(0)} images/s, p99 ${p99Ms.toFixed(1)} ms${refused ? `, ${refused} refused` : ''}`;
  const ratio = row.python && row.ours.imagesPerSecond / row.python.imagesPerSecond;
  const beside = ratio ? `; Python, multipart ${tell(row.python!)}: ${ratio.toFixed(1)}×` : '';
  return `${row.name}: ${tell(row.ours)}${beside}${ratio ? `, to reach ${row.goal}×` : ''}`;
}

/** Resident memory of a service of its own before and after so many requests, warmed up before. */
async function soak() {
  const amount = Number(options.soak);
  if (amount === 0) return null;
  const contestant = await startOurs();
  const send = (count: number) =>
    autocannon({ url: contestant.url, connections, amount: count, requests: [form] });
  await send(20_000);
  const before = residentMiB(contestant);
  await send(amount);
  const after = residentMiB(contestant);
  contestant.process.kill();
  people.write(`soak: ${before?.toFixed(1)} → ${after?.toFixed(1)} MiB, ${amount} requests\n`);
  return { amount, before, after };
}
