// The app with a corrected drawing, and commands that stand in for the trainer and the gate.

import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { ExecutionContext } from 'ava';
import { ready, respondJson, serveFor, seven } from '../../fake-service.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { commandPath } from '../../trainer/fake-trainer.ts';
import { boxInside, mouseReports, recordedDigit } from './mouse.ts';
import { openFor, type TerminalSession } from './terminal-session.ts';
import { running, workspaceWith } from './workspace-with.ts';

export const version = 'fine-tune-1-0a1b2c3d';

export const shows = (text: string) => (lines: readonly string[]) =>
  lines.join('\n').includes(text);

/** Promotes in the service, unless it is a dry run. */
const promote = `
const service = process.argv[process.argv.indexOf('--feedback') + 1];
if (!process.argv.includes('--dry-run')) await fetch(service + '/promoted');
${running(commandPath('passes'))}`;

export interface Served {
  readonly url: string;
  /** The connection of a trainer that waits. */
  readonly waiting: Promise<Socket>;
}

/** Starts a service that serves another model once it is promoted. */
export async function serve(t: ExecutionContext): Promise<Served> {
  const { promise: waiting, resolve } = Promise.withResolvers<Socket>();
  let { model } = ready;
  const { url } = await serveFor(t, (request, response) => {
    if (request.url === '/waits') return resolve(request.socket);
    if (request.url === '/promoted') model = { ...model, version };
    const responses: Readonly<Record<string, object>> = {
      '/health/ready': { ...ready, model },
      '/feedback': { id: 'drawing-1' },
    };
    respondJson(200, responses[request.url ?? ''] ?? { ...seven, model })(request, response);
  });
  return { url, waiting };
}

/** Opens the app, draws a 7 and corrects it to a 4. */
export async function openCorrected(
  t: ExecutionContext,
  { url }: Served,
  trainer: 'trains' | 'waits',
): Promise<TerminalSession> {
  const commands = { train: running(commandPath(trainer)), promote };
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

/** Starts a training that waits in its first epoch. @returns the app, and the end of the trainer */
export async function openTraining(t: ExecutionContext, progress: string) {
  const service = await serve(t);
  const session = await openCorrected(t, service, 'waits');
  session.send('t');
  await session.until('the question', shows('Train on 7 corrections?'));
  session.send('y');
  await session.until('the progress', shows(progress));
  const socket = await service.waiting;
  return { session, trainerEnded: once(socket.resume(), 'close') };
}
