// Stores that are locked, damaged, of another program, or no files.

import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { ask } from '../hostile/exchange.ts';
import { Corrections, holdFeedbackState, holdPredicts, holdServes } from './corrections.ts';
import { type Context, hold, type Scenario } from './scenario.ts';

/** Writes wait half a second for the lock; sixteen in a row would be eight. */
const maxLockedProbeMs = 3000;

const locked: Scenario = {
  name: 'locked-store',
  holds:
    'while another process locks the store corrections get 503, and the rest is answered at once',
  async run(context) {
    const corrections = new Corrections();
    const service = await context.start();
    await corrections.sendMany(service.port, 10);
    const other = new DatabaseSync(context.storeFile);
    context.onEnd(() => other.isOpen && other.close());
    other.exec('BEGIN IMMEDIATE');
    const sending = corrections.sendMany(service.port, 16, 16);
    const startMs = performance.now();
    for (let i = 0; i < 5; i++) await holdServes(service.port);
    const tookMs = performance.now() - startMs;
    await sending;
    corrections.holdRefusedBy(503);
    hold(tookMs < maxLockedProbeMs, `health and /predict took ${tookMs.toFixed(0)} ms`);
    hold(await service.logs(/locked|busy/i), 'the log does not say that the store is locked');
    other.exec('ROLLBACK');
    const answer = await corrections.send(service.port);
    hold(answer?.status === 201, `after the lock: ${answer?.status}`);
    await holdFeedbackState(service.port, 'available');
    await corrections.holdStored(service.port);
  },
};

/** Overwrites pages behind the first, which holds the header. */
function damage(file: string): void {
  const descriptor = openSync(file, 'r+');
  const size = statSync(file).size;
  for (let at = 4096; at < size; at += 3 * 4096)
    writeSync(descriptor, Buffer.alloc(4096, 0x5a), 0, 4096, at);
  closeSync(descriptor);
}

const damaged: Scenario = {
  name: 'damaged-store',
  holds: 'a damaged store gives 2xx or 503 on every route, never 500, and pictures are classified',
  async run(context) {
    const corrections = new Corrections();
    const first = await context.start();
    await corrections.sendMany(first.port, 300);
    await first.end();
    damage(context.storeFile);
    const service = await context.start();
    const ids = [...corrections.answered.keys()].filter((_, i) => i % 20 === 0);
    const paths = ['/feedback', '/feedback?label=3&order=oldest', '/disagreements'];
    const items = ids.flatMap(id => [`/feedback/${id}`, `/feedback/${id}/image`]);
    for (const path of [...paths, ...items]) await holdNoFailure(service.port, 'GET', path);
    for (const id of ids) await holdNoFailure(service.port, 'DELETE', `/feedback/${id}`);
    for (const format of ['tar', 'idx']) {
      await holdNoFailure(service.port, 'GET', `/feedback/export?format=${format}`);
    }
    await corrections.sendMany(service.port, 20);
    corrections.holdRefusedBy(503);
    await holdServes(service.port);
    hold(
      await service.logs(/malformed|corrupt/i),
      'the log does not say that the store is damaged',
    );
  },
};

async function holdNoFailure(port: number, method: string, path: string): Promise<void> {
  const answer = await ask(port, method, path).catch((error: Error) => error);
  // An archive that was begun can only be cut.
  if (answer instanceof Error && path.includes('/export')) return;
  hold(!(answer instanceof Error), `${method} ${path}: ${(answer as Error).message}`);
  const { status, body } = answer as Exclude<typeof answer, Error>;
  hold([200, 204, 404, 503].includes(status), `${method} ${path} is ${status}: ${body}`);
}

const foreign: Scenario = {
  name: 'foreign-store',
  holds: 'a SQLite file of another program is refused and not changed by a byte',
  async run(context) {
    const other = new DatabaseSync(context.storeFile);
    other.exec(
      'PRAGMA application_id = 1234; CREATE TABLE feedback (a); INSERT INTO feedback VALUES (1)',
    );
    other.close();
    const before = readFileSync(context.storeFile);
    const corrections = new Corrections();
    const service = await context.start();
    await corrections.sendMany(service.port, 5);
    corrections.holdRefusedBy(503);
    hold(corrections.answered.size === 0, 'a correction was accepted');
    await holdServes(service.port);
    await holdFeedbackState(service.port, 'unavailable');
    await service.end();
    hold(before.equals(readFileSync(context.storeFile)), 'the file was changed');
    const files = await readdir(context.dataDir);
    hold(files.length === 1, `there are other files now: ${files}`);
  },
};

const noDatabase: Scenario = {
  name: 'no-database',
  holds: 'a file that is no database is refused, not changed, and replaced without a restart',
  async run(context) {
    const text = 'not a database, '.repeat(1000);
    writeFileSync(context.storeFile, text);
    const corrections = new Corrections();
    const service = await context.start();
    await corrections.sendMany(service.port, 3);
    corrections.holdRefusedBy(503);
    hold(readFileSync(context.storeFile, 'utf8') === text, 'the file was changed');
    execFileSync('mv', [context.storeFile, `${context.folder}/aside`]);
    const answer = await corrections.send(service.port);
    hold(answer?.status === 201, `with the file moved away: ${answer?.status}`);
  },
};

const pipeStore: Scenario = {
  name: 'pipe-store',
  holds: 'a FIFO in the place of the store does not block the service',
  async run(context) {
    pipe(context, context.storeFile);
    const corrections = new Corrections();
    const service = await context.start();
    await corrections.sendMany(service.port, 3);
    corrections.holdRefusedBy(503);
    await holdPredicts(service.port);
    hold(await service.end(), 'the service did not end on SIGTERM');
  },
};

/** Makes a FIFO with a writer that sends nothing, so that opening succeeds and reading waits. */
export function pipe(context: Context, path: string): void {
  execFileSync('mkfifo', [path]);
  const writer = openSync(path, 'r+');
  context.onEnd(() => closeSync(writer));
}

export const storeScenarios = [locked, damaged, foreign, noDatabase, pipeStore];
