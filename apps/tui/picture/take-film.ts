// `nx run tui:film`: a real session in a pseudo-terminal, in which digits are drawn, looked at from inside and
// corrected, and a small network learns; written to docs/terminal-animation.svg for the README.

import { writeFile } from 'node:fs/promises';
import type { Stroke } from '@digits/canvas';
import { recordedDigit } from '../test/end-to-end/support/mouse.ts';
import { createCamera } from './camera.ts';
import { draw, type Stage } from './draw.ts';
import { filmToSvg } from './film-svg.ts';
import { shows, withApp } from './open-app.ts';

/** Large enough for the big digit, and for the filters and the confusions of the network that learns. */
const window = { columns: 124, rows: 38 };

const text = {
  title: 'A session of digits in the terminal',
  description:
    'A 7 is drawn with the mouse and recognised while it is drawn. Then the layers of the network are shown, ' +
    'the weights of a neuron and the images that excite it most. Another drawing is corrected. Last, a small ' +
    'network is trained from random weights and answers a 3 with growing certainty.',
  chapters: ['draw', 'see inside', 'correct', 'watch it learn'],
};

/** A 7 that a 1 is as near to. */
const unclearDigit: readonly Stroke[] = [
  [
    [0.24, 0.3],
    [0.4, 0.22],
    [0.56, 0.16],
    [0.53, 0.5],
    [0.46, 0.88],
  ],
];
const readings = { meant: 7, other: 1 };

/** The parts of the training, in per cent, that have a picture each. */
const learningSteps = [0, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 60, 80, 100];

/** Of each view into the network: the key that opens it, its caption, its title, and how long it is shown. */
const views = [
  { key: 'n', name: 'n', text: 'see inside: a pixel is a neuron', title: 'Layer 1', seconds: 1.8 },
  { key: '\t', name: 'Tab', text: 'the second layer', title: 'Layer 2', seconds: 1 },
  {
    key: '\t',
    name: 'Tab',
    text: 'the weights of the most active neuron',
    title: 'Digits it speaks for',
    seconds: 2,
  },
  {
    key: '\t',
    name: 'Tab',
    text: 'the test images that excite it most',
    title: 'What excites',
    seconds: 2,
  },
];

const escapeKey = '\u{1b}';
const [downKey, leftKey] = [`${escapeKey}[B`, `${escapeKey}[D`];

await withApp(window, async session => {
  const stage = { session, camera: createCamera(session, window) };
  const still = await drawing(stage);
  await seeingInside(stage);
  await correcting(stage);
  await learning(stage);
  const svg = filmToSvg(stage.camera.shots, still, text);
  await writeFile(new URL('../../../docs/terminal-animation.svg', import.meta.url), svg);
});

/** @returns the index of the picture with the answer */
async function drawing(stage: Stage): Promise<number> {
  const { session, camera } = stage;
  camera.caption({ keys: ['mouse'], text: 'draw a digit', chapter: 0 });
  await camera.shoot(1.2);
  await draw(stage, recordedDigit(7).strokes, { pictures: 12, seconds: 0.14 });
  await session.until('the answer', shows('Digit: 7'));
  await camera.settle(1000);
  camera.caption({ keys: [], text: 'the answer follows the pen', chapter: 0 });
  await camera.shoot(2.2);
  return camera.shots.length - 1;
}

async function seeingInside({ session, camera }: Stage): Promise<void> {
  for (const { key, name, text, title, seconds } of views) {
    session.send(key);
    await session.until(title, shows(title));
    await session.until('the images', lines => !shows('is finding')(lines));
    await camera.settle();
    camera.caption({ keys: [name], text, chapter: 1 });
    await camera.shoot(seconds);
  }
}

async function correcting(stage: Stage): Promise<void> {
  const { session, camera } = stage;
  camera.caption({ keys: ['Esc', 'c', 'mouse'], text: 'draw another one', chapter: 2 });
  session.send(escapeKey);
  await camera.settle();
  session.send('c');
  await camera.settle();
  await camera.shoot(0.6);
  await draw(stage, unclearDigit, { pictures: 7, seconds: 0.14 });
  await camera.settle(1000);
  const answer = /Digit: (\d)/.exec(session.screen.lines().join('\n'))?.[1];
  const label = answer === `${readings.meant}` ? readings.other : readings.meant;
  camera.caption({ keys: [], text: `it was meant as a ${label}`, chapter: 2 });
  await camera.shoot(1.4);
  camera.caption({
    keys: ['f', `${label}`],
    text: 'correct it for the next training',
    chapter: 2,
  });
  session.send('f');
  await camera.settle();
  await camera.shoot(0.7);
  session.send(`${label}`);
  await session.until('the correction', shows('Saved as'));
  await camera.settle();
  await camera.shoot(1.8);
}

async function learning(stage: Stage): Promise<void> {
  const { session, camera } = stage;
  camera.caption({ keys: ['w'], text: 'watch a small network learn', chapter: 3 });
  session.send('w');
  await camera.settle();
  await camera.shoot(1);
  camera.caption({ keys: ['↓', '←', 'Enter'], text: 'train it on 2,000 images', chapter: 3 });
  session.send(downKey.repeat(3) + leftKey.repeat(2));
  await camera.settle();
  await camera.shoot(1);
  session.send('\r');
  // While it reads the images there is time to draw.
  await session.until('the training', shows('preparing'));
  camera.caption({ keys: ['c', 'mouse'], text: 'draw while it learns', chapter: 3 });
  session.send('c');
  await draw(stage, recordedDigit(3).strokes, { pictures: 8, seconds: 0.12, quietMs: 0 });
  camera.caption({ keys: [], text: 'from a guess to certainty', chapter: 3 });
  for (let step = 0; step < learningSteps.length; ) {
    const progress = () => progressOf(session.screen.lines());
    await session.until('progress', () => progress() >= learningSteps[step]!);
    await camera.shoot(0.28);
    const reached = progress();
    while (learningSteps[step]! <= reached) step++;
  }
  await camera.settle();
  await camera.shoot(2.4);
  session.send(escapeKey);
  await camera.settle();
}

/** Of a training, in per cent; negative before it begins. */
function progressOf(lines: readonly string[]): number {
  return Number(/(\d+) % .*epoch/.exec(lines.join('\n'))?.[1] ?? -1);
}
