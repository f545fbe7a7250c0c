// Ends of the process: killed under load, asked to end with requests waiting, asked twice.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { picture } from '../../test/support/feedback.ts';
import { AnswerReader } from '../hostile/answer.ts';
import { pause, type Service } from '../support/service.ts';
import { Corrections } from './corrections.ts';
import { hold, type Scenario } from './scenario.ts';

const kills = 10;

const killed: Scenario = {
  name: 'kill-9',
  holds: `after ${kills} kills under load every correction answered with 201 is stored`,
  async run(context) {
    const corrections = new Corrections();
    for (let round = 0; round < kills; round++) {
      const service = await context.start();
      const sending = corrections.sendMany(service.port, 400, 8);
      while (corrections.answered.size < (round + 1) * 20) await pause(5);
      await service.end('SIGKILL');
      await sending;
    }
    const service = await context.start();
    await corrections.holdStored(service.port);
    await service.end('SIGKILL');
    const database = new DatabaseSync(context.storeFile);
    const { integrity_check: result } = database.prepare('PRAGMA integrity_check').get()!;
    database.close();
    hold(result === 'ok', `integrity_check: ${result}`);
  },
};

const backlogConnections = 100;

/** A correction of its own on a connection of its own. */
function correctionRequest(index: number): Buffer {
  const body = picture(index);
  const head = [
    `POST /feedback?label=${index % 10} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: image/png',
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

/** @returns the status, or the error of the connection */
function statusOn(socket: Socket): Promise<number | string> {
  const reader = new AnswerReader(false);
  return new Promise(resolve => {
    socket.on('data', data => {
      reader.read(data);
      if (reader.answers[0]) resolve(reader.answers[0].status);
    });
    socket.on('error', error => resolve(error.message));
    socket.on('close', () => resolve('closed'));
  });
}

async function sendWhole(service: Service, request: Buffer): Promise<Socket> {
  const socket = connect(service.port, '127.0.0.1');
  await once(socket, 'connect');
  await new Promise(resolve => socket.write(request, resolve));
  return socket;
}

const backlog: Scenario = {
  name: 'sigterm-backlog',
  holds: `of ${backlogConnections} requests that wait to be accepted at SIGTERM each is answered`,
  async run(context) {
    // Enough for the slowest machine: they are accepted for half of it.
    const service = await context.start({ env: { GRACE_MS: '60000' } });
    // Stopped, so that the kernel completes the connections and the process accepts none of them.
    service.process.kill('SIGSTOP');
    const requests = Array.from({ length: backlogConnections }, (_, i) => correctionRequest(i));
    const sockets = await Promise.all(requests.map(request => sendWhole(service, request)));
    const statuses = sockets.map(statusOn);
    service.process.kill('SIGTERM');
    service.process.kill('SIGCONT');
    const counts = Object.groupBy(await Promise.all(statuses), String);
    const summary = Object.entries(counts).map(([status, list]) => `${status}: ${list!.length}`);
    hold(counts['201']?.length === backlogConnections, `answers ${summary.join(', ')}`);
    hold(
      (await Promise.race([service.exited.then(() => true), pause(15_000)])) === true,
      'it did not end',
    );
    hold(service.process.exitCode === 0, `it ended with ${service.process.exitCode}`);
  },
};

const secondSignal: Scenario = {
  name: 'second-signal',
  holds: 'a second SIGTERM ends the process at once, with requests in flight',
  async run(context) {
    const service = await context.start({ env: { GRACE_MS: '60000' } });
    const request = correctionRequest(0);
    await sendWhole(service, request.subarray(0, request.length - 10));
    service.process.kill('SIGTERM');
    await pause(500);
    hold(!service.hasExited, 'the first signal did not wait for the request');
    hold(await service.end('SIGTERM', 3000), 'the second signal did not end it');
  },
};

export const killScenarios = [killed, backlog, secondSignal];
