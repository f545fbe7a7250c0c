// Learning in a real pseudo-terminal, with commands that stand in for the trainer and the gate: from
// a correction to another model in the status line, and leaving while it learns.

import { once } from 'node:events';
import type { Socket } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { ready, respondJson, serveFor, seven } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { commandPath } from '../trainer/fake-trainer.ts';
import { boxInside, mouseReports, recordedDigit } from './mouse.ts';
import { openFor } from './open-for.ts';
import type { TerminalSession } from './terminal-session.ts';
import { running, workspaceWith } from './workspace-with.ts';

const version = 'fine-tune-1-0a1b2c3d';

const shows = (text: string) => (lines: readonly string[]) => lines.join('\n').includes(text);

/** Promotes in the service, unless it is only tried. */
const promote = `
const service = process.argv[process.argv.indexOf('--feedback') + 1];
if (!process.argv.includes('--dry-run')) await fetch(service + '/promoted');
${running(commandPath('passes'))}`;

interface Served {
  readonly url: string;
  /** The connection of a trainer that waits. */
  readonly waiting: Promise<Socket>;
}

/** A service whose model is another once it is promoted. */
async function serve(t: ExecutionContext): Promise<Served> {
  const { promise: waiting, resolve } = Promise.withResolvers<Socket>();
  let { model } = ready;
  const { url } = await serveFor(t, (request, response) => {
    if (request.url === '/waits') return resolve(request.socket);
    if (request.url === '/promoted') model = { ...model, version: version };
    const answers: Readonly<Record<string, object>> = {
      '/health/ready': { ...ready, model },
      '/feedback': { id: 'drawing-1' },
    };
    respondJson(200, answers[request.url ?? ''] ?? { ...seven, model })(request, response);
  });
  return { url, waiting };
}

/** The app with a 7 that is corrected to be a 4. */
async function openCorrected(
  t: ExecutionContext,
  { url }: Served,
  trainer: 'trains' | 'waits',
): Promise<TerminalSession> {
  const commands = { train: running(commandPath(trainer)), promote: promote };
  const session = openFor(t, {
    bundle: workspaceWith(commands, temporaryFolder(t)),
    args: ['--api', url],
    env: { XDG_CONFIG_HOME: temporaryFolder(t), XDG_STATE_HOME: temporaryFolder(t) },
  });
  await session.until('the service', shows('Service ready: model 5.7.11'));
  session.send(mouseReports(recordedDigit(7).strokes, boxInside(session.screen.lines())));
  await session.until('the digit', shows('Digit: 7'));
  session.send('f4');
  await session.until('the correction', shows('1 correction saved'));
  return session;
}

test.serial('a correction is learnt, compared, promoted, and the drawing read again', async t => {
  const session = await openCorrected(t, await serve(t), 'trains');
  session.send('t');
  await session.until('the table', shows('against standard-1-7f162361'));
  await session.until('the question', shows('Promote it?'));
  session.send('y');
  await session.until('before and after', shows('7 (98.3 %) → 7 (98.3 %)'));
  await session.until('the new model', shows(`Service ready: model ${version}`));
  session.send('q');
  t.is(await session.exited(), 0);
});

const leavings: readonly (readonly [string, (session: TerminalSession) => void, number])[] = [
  ['q', session => session.send('q'), 0],
  ['SIGTERM', session => session.kill('SIGTERM'), 143],
];

for (const [name, leave, exitCode] of leavings) {
  test.serial(`${name} while it learns leaves no trainer behind`, async t => {
    const service = await serve(t);
    const session = await openCorrected(t, service, 'waits');
    session.send('t');
    await session.until('how far it is', shows('Training: 50 %, epoch 1 of 1'));
    const socket = await service.waiting;
    const closed = once(socket.resume(), 'close');
    leave(session);
    t.is(await session.exited(), exitCode);
    await closed;
  });
}

test.serial('t and y stop what is learnt, and one draws on', async t => {
  const service = await serve(t);
  const session = await openCorrected(t, service, 'waits');
  session.send('t');
  await session.until('how far it is', shows('Training: 50 %'));
  const socket = await service.waiting;
  const closed = once(socket.resume(), 'close');
  session.send('t');
  await session.until('the question', shows('Stop training?'));
  session.send('y');
  await session.until('the end', shows('Service ready'));
  t.true(shows('Stopped.')(session.screen.lines()));
  await closed;
  session.send('c');
  await session.until('a new drawing', shows('no prediction yet'));
  session.send('q');
  t.is(await session.exited(), 0);
});
