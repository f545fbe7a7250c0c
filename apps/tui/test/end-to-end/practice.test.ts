// Practice in a real pseudo-terminal: consent, a correct round and a wrong one, the drawings that are
// saved, the summary, and a second practice without the question.

import test from 'ava';
import { respondJson, respondSeven, serveFor } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { boxInside, mouseReports, recordedDigit } from './support/mouse.ts';
import { openFor } from './support/terminal-session.ts';

/** With this seed practice asks for a 7, then for an 8. */
const seed = '1';

const shows = (text: string) => (lines: readonly string[]) => lines.join('\n').includes(text);

test.serial(
  'practice asks for consent once, saves score and drawings, and shows a summary',
  async t => {
    const sent = Promise.withResolvers<void>();
    let stored = 0;
    const service = await serveFor(t, (request, response) => {
      if (request.url !== '/feedback') return respondSeven(request, response);
      respondJson(201, { id: `drawing-${++stored}` })(request, response);
      if (stored === 2) sent.resolve();
    });
    const session = openFor(t, {
      args: ['--api', service.url, '--seed', seed],
      env: { XDG_CONFIG_HOME: temporaryFolder(t), XDG_STATE_HOME: temporaryFolder(t) },
    });
    const drawSeven = () =>
      session.send(mouseReports(recordedDigit(7).strokes, boxInside(session.screen.lines())));

    await session.until('the service', shows('Service ready'));
    session.send('p');
    await session.until('the question', shows('May your drawings be kept'));
    session.send('y');
    await session.until('the first digit', shows('Practice: draw a 7'));
    drawSeven();
    session.send('\r');
    await session.until('the score', shows('Practice: draw an 8   1 of 1 correct'));
    drawSeven();
    session.send('\r');
    await session.until('the second score', shows('1 of 2 correct'));
    await sent.promise;
    const labels = service.received
      .filter(({ path }) => path === '/feedback')
      .map(({ body }) => /name="label"\s+(\d)/.exec(body.toString('latin1'))?.[1]);
    t.deepEqual(labels.toSorted(), ['7', '8']);

    session.send('\u{1b}');
    await session.until('the summary', shows('Drawn down, predicted across'));
    session.send(' ');
    await session.until(
      'the end of practice',
      shows('draw a digit and see what the network predicts'),
    );
    session.send('p');
    await session.until('practice without a question', shows('Practice: draw a 7'));
    session.send('q');
    t.is(await session.exited(), 0);
  },
);
