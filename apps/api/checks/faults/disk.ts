// Disks that are full or read-only, and a store at its own limit.

import { join } from 'node:path';
import { ask } from '../hostile/exchange.ts';
import { Corrections, holdFeedbackState, holdServes } from './corrections.ts';
import { hold, type Scenario } from './scenario.ts';

const fullDisk: Scenario = {
  name: 'full-disk',
  holds: 'on a full disk every correction answered with 201 is stored, the others get 503 or 507',
  async run(context) {
    context.mountData('2m');
    const corrections = new Corrections();
    const service = await context.start();
    await corrections.sendUntilRefused(service.port);
    corrections.holdRefusedBy(503, 507);
    await holdServes(service.port);
    hold(await service.logs(/full|disk|I\/O/i), 'the log does not say that the disk is full');
    await service.end('SIGKILL');
    context.remountData('size=64m');
    const next = await context.start();
    await corrections.holdStored(next.port);
    const answer = await corrections.send(next.port);
    hold(answer?.status === 201, `with space again: ${answer?.status}`);
  },
};

const spaceAgain: Scenario = {
  name: 'space-again',
  holds: 'a service on a full disk stores again without a restart once there is space',
  async run(context) {
    context.mountData('2m');
    const corrections = new Corrections();
    const service = await context.start();
    await corrections.sendUntilRefused(service.port);
    context.remountData('size=64m');
    const before = corrections.answered.size;
    await corrections.sendMany(service.port, 20);
    hold(corrections.answered.size === before + 20, 'corrections are still refused');
    await holdFeedbackState(service.port, 'available');
    await corrections.holdStored(service.port);
  },
};

const fullStore: Scenario = {
  name: 'full-store',
  holds:
    'at MAX_FEEDBACK_BYTES corrections get 507, none answered with 201 is lost, and deleting helps',
  async run(context) {
    const env = { MAX_FEEDBACK_BYTES: String(1024 * 1024) };
    const corrections = new Corrections();
    const service = await context.start({ env });
    await corrections.sendUntilRefused(service.port);
    corrections.holdRefusedBy(507);
    await holdServes(service.port);
    await service.end('SIGKILL');
    const next = await context.start({ env });
    await corrections.holdStored(next.port);
    for (const id of [...corrections.answered.keys()].slice(0, 100)) {
      const { status } = await ask(next.port, 'DELETE', `/feedback/${id}`);
      hold(status === 204, `a deletion from the full store is ${status}`);
      corrections.answered.delete(id);
    }
    const answer = await corrections.send(next.port);
    hold(answer?.status === 201, `after deletions: ${answer?.status}`);
  },
};

const readOnly: Scenario = {
  name: 'read-only',
  holds:
    'with a read-only DATA_DIR corrections get 503, pictures are classified, and writing resumes',
  async run(context) {
    context.mountData('16m');
    const corrections = new Corrections();
    const first = await context.start();
    await corrections.sendMany(first.port, 20);
    await first.end();
    context.remountData('ro');
    const service = await context.start();
    const refused = await corrections.send(service.port);
    hold(refused?.status === 503, `a correction is ${refused?.status}`);
    await holdServes(service.port);
    await holdFeedbackState(service.port, 'unavailable');
    hold(
      await service.logs(/read-?only|unable to open/i),
      'the log does not say that it is read-only',
    );
    context.remountData('rw');
    const accepted = await corrections.send(service.port);
    hold(accepted?.status === 201, `once it is writable: ${accepted?.status}`);
    await corrections.holdStored(service.port);
  },
};

/** The lines of so many requests fill the disk and the memory for lines. */
const loggedRequests = 18_000;

const fullLog: Scenario = {
  name: 'full-log',
  holds:
    'a service whose log is on a full disk answers, and counts the lost lines once there is space',
  async run(context) {
    context.mountData('1m');
    const logFile = join(context.dataDir, 'log');
    const service = await context.start({ logFile, env: { LOG_LEVEL: 'debug' } });
    const url = `http://127.0.0.1:${service.port}/model`;
    let left = loggedRequests;
    const sender = async () => {
      // fetch keeps its connections.
      while (left-- > 0) await (await fetch(url)).arrayBuffer();
    };
    await Promise.all(Array.from({ length: 16 }, sender));
    hold(!service.hasExited, `the service ended: ${service.stderr}`);
    await holdServes(service.port);
    context.remountData('size=64m');
    hold(await service.logs(/\d+ log lines were lost: ENOSPC/), 'no line counts the lost ones');
    hold(await service.end(), 'SIGTERM does not end the service');
  },
};

export const diskScenarios = [fullDisk, spaceAgain, fullStore, readOnly, fullLog];
