// A service with two workers over real sockets: what they share, and how one that ends is replaced.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { draw } from '../test/support/drawing.ts';
import { png } from '../test/support/files.ts';
import { spawnService, spawnSupervised } from '../test/support/service.ts';
import { promote, writeTinyModel, writeTinyVersion } from '../test/support/tiny-model.ts';

const picture = png(draw(7, 28));

type Service = ReturnType<typeof spawnSupervised> & {
  readonly url: string;
  readonly models: string;
};

async function startWorkers(t: ExecutionContext, env: NodeJS.ProcessEnv = {}): Promise<Service> {
  t.timeout(120_000);
  const models = await writeTinyModel();
  const data = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => Promise.all([models, data].map(folder => rm(folder, { recursive: true }))));
  const paths = { MODELS_DIR: models, DATA_DIR: data, PORT: '0', WORKERS: '2' };
  const overload = { MAX_EVENT_LOOP_DELAY_MS: '0', MAX_MEMORY_BYTES: '0' };
  const service = spawnSupervised(t, { ...paths, ...overload, LOG_LEVEL: 'debug', ...env });
  const { msg = '' } = await service.log.waitFor(line => /workers listen at/.test(line.msg ?? ''));
  const started = { ...service, models, url: msg.split(' ').at(-1)! };
  // Their own lines can come after that of the supervisor.
  await until(() => workersOf(started).length === 2);
  return started;
}

/** The process ids of the workers that have listened so far. */
function workersOf({ log }: Service): number[] {
  return log.lines
    .filter(({ msg }) => msg?.startsWith('Server listening'))
    .map(({ pid }) => Number(pid));
}

/** Sends a request on a connection of its own, which any worker may accept. */
async function send(url: string, path: string, body?: Buffer) {
  const agent = new Agent({ keepAlive: false });
  const method = body ? 'POST' : 'GET';
  const sent = request(`${url}${path}`, {
    agent,
    method,
    headers: { 'content-type': 'image/png' },
  });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return { status: Number(response.statusCode), body: await text(response) };
}

/** Polls until a condition holds; the timeout of the test limits it. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.serial(
  'both workers answer, and /metrics of either one counts the answers of both',
  async t => {
    const service = await startWorkers(t);
    const workers = workersOf(service);
    t.is(new Set(workers).size, 2);
    const requests = 101;
    const answers = await Promise.all(
      Array.from({ length: requests }, () => send(service.url, '/predict', picture)),
    );
    t.true(answers.every(({ status }) => status === 200));
    const answeredBy = (worker: number) =>
      service.log.lines.filter(({ pid, route }) => pid === worker && route === '/predict').length;
    await until(() => workers.every(worker => answeredBy(worker) > 0));
    const scrapes = await Promise.all(
      Array.from({ length: 11 }, () => send(service.url, '/metrics')),
    );
    for (const { body } of scrapes) {
      t.regex(body, new RegExp(`^digits_answers_total\\{.*\\} ${requests}$`, 'm'));
      t.regex(body, /^digits_model_info\{.*\} 1$/m);
    }
  },
);

test.serial(
  'a worker that hangs is left out of /metrics, however often these are read',
  async t => {
    const service = await startWorkers(t);
    const [hanging] = workersOf(service) as [number];
    process.kill(hanging, 'SIGSTOP');
    // One more than an emitter accepts listeners without a warning on stderr.
    for (let i = 0; i < 11; i++) t.is((await send(service.url, '/metrics')).status, 200);
    process.kill(hanging, 'SIGCONT');
    service.child.kill('SIGTERM');
    t.deepEqual(await service.ended, { exitCode: 0, stderr: '' });
  },
);

test.serial('a picture that is sent to both workers at once is stored once', async t => {
  const { url } = await startWorkers(t);
  const answers = await Promise.all(
    Array.from({ length: 41 }, () => send(url, '/feedback?label=3', picture)),
  );
  t.is(answers.filter(({ status }) => status === 201).length, 1);
  t.is(answers.filter(({ status }) => status === 200).length, 40);
  const { body } = await send(url, '/feedback');
  t.is(JSON.parse(body).items.length, 1);
});

test.serial('another champion is served by both workers', async t => {
  const { url, models } = await startWorkers(t);
  await promote(models, await writeTinyVersion(models, 'tiny-2', 4));
  await until(async () => {
    const answers = await Promise.all(
      Array.from({ length: 23 }, () => send(url, '/predict', picture)),
    );
    return answers.every(({ body }) => JSON.parse(body).digit === 4);
  });
  t.pass();
});

test.serial('a worker that is killed is replaced, and further requests are answered', async t => {
  const service = await startWorkers(t);
  const [killed, other] = workersOf(service) as [number, number];
  process.kill(killed, 'SIGKILL');
  await until(() => !isRunning(killed));
  for (let i = 0; i < 23; i++) t.is((await send(service.url, '/health/ready')).status, 200);
  const { worker } = await service.log.waitFor(({ msg }) => msg === 'a worker was replaced');
  t.false([killed, other].includes(Number(worker)));
  t.like(await service.log.waitFor(({ msg }) => msg?.startsWith('a worker has ended') === true), {
    worker: killed,
    signal: 'SIGKILL',
  });
  const answered = () => service.log.lines.some(line => line['pid'] === worker && line['route']);
  await until(async () => {
    await send(service.url, '/health/ready');
    return answered();
  });
});

test.serial('workers that end again and again end the service with an error', async t => {
  const service = await startWorkers(t);
  const killed = new Set<number>();
  const timer = setInterval(() => {
    for (const worker of workersOf(service)) {
      if (!killed.has(worker) && isRunning(worker)) process.kill(worker, 'SIGKILL');
      killed.add(worker);
    }
  }, 20);
  t.teardown(() => clearInterval(timer));
  t.deepEqual(await service.ended, { exitCode: 1, stderr: '' });
  t.truthy(service.log.lines.find(({ level }) => level === 60));
});

test.serial('SIGTERM lets a request in flight finish, and all processes end', async t => {
  const service = await startWorkers(t);
  const sent = request(`${service.url}/predict`, {
    agent: new Agent(),
    method: 'POST',
    headers: { 'content-type': 'image/png', 'content-length': picture.length },
  });
  sent.write(picture.subarray(0, 99));
  await service.log.waitFor(({ msg }) => msg === 'incoming request');
  service.child.kill('SIGTERM');
  await until(() => service.log.lines.filter(({ msg }) => msg === 'closing').length === 3);
  sent.end(picture.subarray(99));
  const [response] = await once(sent, 'response');
  t.is(response.statusCode, 200);
  response.resume();
  t.deepEqual(await service.ended, { exitCode: 0, stderr: '' });
  t.false(workersOf(service).some(isRunning));
});

test.serial('connections that waited in the backlog at the signal are answered', async t => {
  const service = await startWorkers(t, { GRACE_MS: '60000' });
  const workers = workersOf(service);
  for (const worker of workers) process.kill(worker, 'SIGSTOP');
  const port = Number(new URL(service.url).port);
  const waiting = await Promise.all(
    Array.from({ length: 101 }, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    }),
  );
  const answers = waiting.map(text);
  for (const socket of waiting)
    socket.write('GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n');
  service.child.kill('SIGTERM');
  for (const worker of workers) process.kill(worker, 'SIGCONT');
  for (const answer of await Promise.all(answers)) t.regex(answer, /^HTTP\/1\.1 200 /);
  t.deepEqual(await service.ended, { exitCode: 0, stderr: '' });
});

test.serial('the workers end with a supervisor that is killed', async t => {
  const service = await startWorkers(t);
  service.child.kill('SIGKILL');
  await until(() => !workersOf(service).some(isRunning));
  t.pass();
});

test.serial('without a model the start fails with an error code', async t => {
  const { ended } = spawnService(t, { MODELS_DIR: '/nowhere', PORT: '0', WORKERS: '2' });
  const { exitCode, stderr } = await ended;
  t.is(exitCode, 2);
  t.regex(stderr, /^No model to serve: .*\(champion-missing\)\.\n$/);
});

test.serial('a port in use is reported once, and ends the service', async t => {
  const other = createServer();
  await once(other.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => other.close());
  const PORT = String((other.address() as AddressInfo).port);
  const { ended } = spawnSupervised(t, { PORT, WORKERS: '2' });
  const { exitCode, stderr } = await ended;
  t.is(exitCode, 2);
  t.is(stderr.match(/is in use/g)?.length, 1, stderr);
});
