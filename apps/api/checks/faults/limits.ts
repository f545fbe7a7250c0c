// Limits of the machine: file descriptors, memory, large pictures, and slow or cut connections.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import sharp, { type Sharp } from 'sharp';
import { picture } from '../../test/support/feedback.ts';
import { type Ask, ask } from '../hostile/exchange.ts';
import { pause, type Service } from '../support/service.ts';
import { memoryOf, openFiles, resetPeak } from '../support/vitals.ts';
import { Corrections, holdServes } from './corrections.ts';
import { hold, holdStatus, type Scenario } from './scenario.ts';

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await Promise.race([once(socket, 'connect'), once(socket, 'close'), pause(1000)]);
  return socket;
}

const outOfFiles: Scenario = {
  name: 'out-of-files',
  holds: 'out of file descriptors the service survives, loses no correction, and serves afterwards',
  async run(context) {
    const service = await context.start({ limits: ['--nofile=48:48'] });
    const corrections = new Corrections();
    await corrections.sendMany(service.port, 5);
    const sockets = await Promise.all(Array.from({ length: 100 }, () => open(service.port)));
    const sending = corrections.sendMany(service.port, 20);
    await pause(2000);
    for (const socket of sockets) socket.destroy();
    await sending;
    corrections.holdRefusedBy('none', 503);
    await pause(500);
    await holdServes(service.port);
    // Its decoder could not be loaded before.
    const { status } = await ask(service.port, 'POST', '/predict', await jpeg(100));
    hold(status === 200, `a JPEG afterwards is ${status}`);
    await corrections.sendMany(service.port, 5);
    await corrections.holdStored(service.port);
  },
};

function blank(side: number): Sharp {
  return sharp({ create: { width: side, height: side, channels: 3, background: 'white' } });
}

async function jpeg(side: number): Promise<Ask> {
  return { contentType: 'image/jpeg', bytes: await blank(side).jpeg().toBuffer() };
}

/** Just below MAX_PIXELS: an upload of some hundred kilobytes that takes 70 MB when it is decoded. */
const largeSide = 4896;

/** In encodings that cannot be shrunk while they are decoded, the first up to half the size. */
async function largePictures(): Promise<Ask[]> {
  const bytes = await Promise.all([
    blank(Math.floor(largeSide * Math.SQRT1_2))
      .jpeg({ progressive: true })
      .toBuffer(),
    blank(largeSide).png({ compressionLevel: 1 }).toBuffer(),
    blank(largeSide).webp({ effort: 0 }).toBuffer(),
  ]);
  return bytes.map((file, i) => ({ contentType: contentTypes[i]!, bytes: file }));
}

const contentTypes = ['image/jpeg', 'image/png', 'image/webp'];

const parallelPictures = 64;
const maxPeakMiB = 300;
const maxGrowthMiB = 60;

const manyLargePictures: Scenario = {
  name: 'large-pictures',
  holds: `${parallelPictures} pictures of 24 megapixels get 200 or 503 with Retry-After, below ${maxPeakMiB} MiB; a minute later ${maxGrowthMiB} MiB remain at most`,
  async run(context) {
    const service = await context.start();
    const uploads = await largePictures();
    const small = { contentType: 'image/png', bytes: picture(0) };
    for (let i = 0; i < 200; i++) await ask(service.port, 'POST', '/predict', small);
    const before = memoryOf(service.pid).now;
    resetPeak(service.pid);
    const send = (_: unknown, i: number) =>
      ask(service.port, 'POST', '/predict', uploads[i % uploads.length]!);
    const answers = await Promise.all(Array.from({ length: parallelPictures }, send));
    for (const { status, headers, body } of answers) {
      const isRefused = status === 503 && headers.has('retry-after');
      hold(status === 200 || isRefused, `an answer is ${status}: ${body}`);
    }
    const { peak } = memoryOf(service.pid);
    hold(peak < maxPeakMiB, `${peak.toFixed(0)} MiB at the peak`);
    await holdServes(service.port);
    await holdSettled(service, before);
  },
};

const settleSeconds = 60;

async function holdSettled({ pid }: Service, before: number): Promise<void> {
  for (let left = settleSeconds; left > 0; left--) {
    if (memoryOf(pid).now - before < maxGrowthMiB) return;
    await pause(1000);
  }
  const { now } = memoryOf(pid);
  throw new Error(`${before.toFixed(0)} MiB before, ${now.toFixed(0)} MiB a minute later`);
}

const memoryLimit: Scenario = {
  name: 'memory-limit',
  holds:
    'above MAX_MEMORY_BYTES requests get 503 with Retry-After, while probes and metrics answer',
  async run(context) {
    const service = await context.start({ env: { MAX_MEMORY_BYTES: '1000000' } });
    // The first sample of the memory is taken within a second.
    await pause(1500);
    const small = { contentType: 'image/png', bytes: picture(0) };
    const { status, headers } = await ask(service.port, 'POST', '/predict', small);
    hold(status === 503 && headers.has('retry-after'), `/predict is ${status}`);
    await holdStatus(service, '/health/live', 200);
    await holdStatus(service, '/metrics', 200);
  },
};

/** Less than one large picture needs. */
const spareBytes = 48 * 1024 * 1024;

/** Limits private writable memory (RLIMIT_DATA) to what the process has and this much more. */
function limitMemory(pid: number, spare: number): void {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kibibytes = Number(/VmData:\s+(\d+)/.exec(status)?.[1]);
  execFileSync('prlimit', ['--pid', String(pid), `--data=${kibibytes * 1024 + spare}`]);
}

const outOfMemory: Scenario = {
  name: 'out-of-memory',
  holds: 'where the system gives no more memory, every correction answered with 201 is stored',
  async run(context) {
    const service = await context.start();
    const corrections = new Corrections();
    const upload = await jpeg(largeSide);
    limitMemory(service.pid, spareBytes);
    const sendLarge = () => ask(service.port, 'POST', '/predict', upload).catch(() => undefined);
    const large = Promise.all(Array.from({ length: 24 }, sendLarge));
    await corrections.sendMany(service.port, 100, 2);
    await large;
    corrections.holdRefusedBy('none', 503);
    if (service.hasExited || corrections.answered.size === 0) {
      const next = await context.start();
      await corrections.sendMany(next.port, 5);
      await corrections.holdStored(next.port);
    } else {
      await holdServes(service.port);
      await corrections.holdStored(service.port);
    }
  },
};

const cutConnections = 400;

const slowAndCut: Scenario = {
  name: 'slow-and-cut',
  holds: `${cutConnections} slow or cut connections are closed, and others are served meanwhile`,
  async run(context) {
    const env = { REQUEST_TIMEOUT_MS: '3000', HEADERS_TIMEOUT_MS: '2000' };
    const service = await context.start({ env });
    await holdServes(service.port);
    const before = openFiles(service.pid);
    const body = picture(0);
    const head = `POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/png\r\nContent-Length: ${body.length}\r\n\r\n`;
    const request = Buffer.concat([Buffer.from(head), body]);
    const closings = Array.from({ length: cutConnections }, async (_, i) => {
      const socket = await open(service.port);
      const closed = new Promise<void>(resolve => socket.on('close', () => resolve()).resume());
      socket.write(request.subarray(0, (i * 13) % request.length));
      if (i % 4 === 1) socket.resetAndDestroy();
      else if (i % 4 === 2) socket.end();
      // The others send nothing more.
      await closed;
    });
    for (let i = 0; i < 10; i++) await holdServes(service.port);
    const areClosed = await Promise.race([Promise.all(closings).then(() => true), pause(20_000)]);
    hold(areClosed === true, 'connections are still open after their time limits');
    await pause(500);
    const after = openFiles(service.pid);
    hold(after <= before + 3, `${before} open files before, ${after} after`);
    await holdServes(service.port);
  },
};

export const limitScenarios = [outOfFiles, manyLargePictures, memoryLimit, outOfMemory, slowAndCut];
