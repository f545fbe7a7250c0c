// Whole frames as they are written to a terminal emulator.

import { defaultBrush, drawStrokes } from '@digits/canvas';
import test from 'ava';
import type { Learning } from '../../../src/state/learning/learning.ts';
import { drawingMode, type Mode } from '../../../src/state/mode.ts';
import { defaultSettings } from '../../../src/state/settings.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { canvasOn, pixelsOn } from '../../emulated-screen.ts';
import { connectedService, fullColour } from '../../state/example-state.ts';
import { passingGate } from '../../trainer/gate-rows.ts';
import { drawSeven, explained, seenPixels, sevenStrokes } from './seven.ts';
import { showApp } from './show-app.ts';

test('at 80×24 the screen has a title, the canvas, the prediction, the status and the keys', async t => {
  const { lines } = await showApp(t);
  const hint = [
    '     Draw a digit here      ',
    '  with the mouse, or with   ',
    '   the arrows and Space.    ',
  ];
  t.is(lines()[0], ' digits – draw a digit and see what the network predicts');
  t.is(lines()[1], `╭─ Canvas ${'─'.repeat(19)}╮╭─ Answer ${'─'.repeat(39)}╮`);
  t.is(lines()[2]?.slice(30), `│ Digit:${' '.repeat(41)}│`);
  for (const [index, line] of lines().slice(2, 16).entries()) {
    const isHint = index >= 5 && index < 8;
    t.is(line.slice(0, 30), isHint ? `│${hint[index - 5]}│` : `│${'▀'.repeat(28)}│`);
  }
  t.is(lines()[16]?.slice(0, 30), `╰${'─'.repeat(28)}╯`);
  t.is(lines()[16]?.slice(30), `╰${'─'.repeat(34)} what it saw ─╯`);
  t.true(lines()[17]?.startsWith(`╭─ Pen, brush ${defaultBrush.radius.toFixed(1)} ─`));
  t.is(lines()[18], `│ Starting a service …${' '.repeat(57)}│`);
  t.is(lines()[21], `╰${'─'.repeat(78)}╯`);
  t.true(lines()[23]?.endsWith('q quit'));
});

for (const [columns, rows, form] of [
  [66, 22, 'half'],
  [80, 24, 'half'],
  [100, 30, 'half'],
  [100, 40, 'wide'],
  [200, 60, 'wide'],
] as const) {
  test(`at ${columns}×${rows} every pixel has its grey and no row is broken`, async t => {
    const { screen, predict, lines } = await showApp(t, drawSeven, { columns, rows });
    await predict(explained);
    t.deepEqual(pixelsOn(screen), [...drawStrokes(sevenStrokes)]);
    const canvas = canvasOn(screen);
    t.like(canvas, form === 'half' ? { columns: 28, rows: 14 } : { columns: 56, rows: 28 });
    for (let row = canvas.top; row < canvas.top + canvas.rows; row++) {
      t.is(lines()[row]?.[canvas.left - 1], '│');
      t.is(lines()[row]?.[canvas.left + canvas.columns], '│');
    }
    t.true(lines().some(line => line.includes('q quit')));
    t.true(lines().some(line => line.includes('Digit: 7')));
    t.true(lines().some(line => line.includes('98.3 %')));
    t.true(lines().some(line => line.includes('██████████')));
  });

  for (const colours of [256, 16, 'none'] as const) {
    test(`at ${columns}×${rows} with colours ${colours} the drawing is in its place`, async t => {
      const capabilities = { ...fullColour, colours };
      const { screen, lines } = await showApp(t, drawSeven, { columns, rows, capabilities });
      const { left, top } = canvasOn(screen);
      // The bar of the 7 runs through pixel row 7, in columns 8 to 20.
      const inkedCell = screen.cell(
        left + (form === 'half' ? 12 : 24),
        top + (form === 'half' ? 3 : 7),
      );
      const paperCell = screen.cell(left, top);
      t.notDeepEqual(inkedCell, paperCell);
      if (colours === 'none') {
        t.is(inkedCell.character, '█');
        t.deepEqual([inkedCell.foreground, inkedCell.background], [undefined, undefined]);
      } else t.true((inkedCell.background ?? 0) > (paperCell.background ?? 0xffffff));
      t.true(lines().some(line => line.includes('q quit')));
    });
  }
}

test('with 256 colours every grey is within a step of the palette', async t => {
  const capabilities = { ...fullColour, colours: 256 } as const;
  const { screen } = await showApp(t, drawSeven, { capabilities });
  const drawn = drawStrokes(sevenStrokes);
  t.true(pixelsOn(screen).every((grey, index) => Math.abs(grey - (drawn[index] ?? 0)) <= 10));
});

test('in the light theme ink is dark on a light background', async t => {
  const settings = { ...defaultSettings, theme: 'light' } as const;
  const { screen } = await showApp(t, drawSeven, { settings });
  t.deepEqual(
    pixelsOn(screen),
    [...drawStrokes(sevenStrokes)].map(ink => 255 - ink),
  );
});

test('a resize chooses another form and keeps the drawing', async t => {
  const { screen, resize, text } = await showApp(t, drawSeven);
  const drawn = [...drawStrokes(sevenStrokes)];
  await resize(200, 60);
  t.is(canvasOn(screen).columns, 56);
  t.deepEqual(pixelsOn(screen), drawn);
  await resize(40, 10);
  t.true(text().includes('this one has 40×10'));
  await resize(80, 24);
  t.is(canvasOn(screen).columns, 28);
  t.deepEqual(pixelsOn(screen), drawn);
});

test('no key puts anything but pixels into the canvas', async t => {
  const { screen, type, predict } = await showApp(t, drawSeven, { service: connectedService });
  await predict(explained);
  for (const keys of [
    'j',
    ' ',
    'l',
    ' ',
    'x',
    '?',
    '\u{1b}[B',
    ',',
    'j',
    ',',
    'f',
    '4',
    'e',
    ']',
    'H',
  ]) {
    await type(keys);
    const { left, top, columns, rows } = canvasOn(screen);
    for (let row = top; row < top + rows; row++) {
      t.is(screen.lines()[row]?.slice(left, left + columns), '▀'.repeat(columns));
    }
  }
});

test('the prediction has digit, confidence, ten bars, a big digit, the model and what it saw', async t => {
  const { screen, lines, predict } = await showApp(t, drawSeven);
  await predict(explained);
  const panel = lines().map(line => line.slice(32, -2));
  t.regex(panel[2] ?? '', /^Digit: 7 +█{10}/);
  t.regex(panel[3] ?? '', /^98\.3 % certain +██/);
  t.regex(panel[5] ?? '', /^0 {24}0\.1 % /);
  t.regex(panel[12] ?? '', /^7 █{19}▋ {2}98\.3 %/);
  t.regex(lines()[16] ?? '', /╰─ 5\.7\.11, 12 ms ─+ what it saw ─╯/);
  // The single pixel of 28×28 is a quarter of one of 14×14, in column 7 and row 7.
  t.is(screen.cell(78 - 14 + 7, 9 + 3).background, 0x404040);
});

test('what the network saw has a panel of its own if it fits, which says so until there is a picture', async t => {
  for (const [columns, rows, paper, ink] of [
    [100, 30, 'foreground', [14, 7]],
    [200, 60, 'background', [28, 14]],
  ] as const) {
    const { text, predict, screen, lines } = await showApp(t, drawSeven, { columns, rows });
    t.true(text().includes('Your drawing, cropped,'));
    await predict(explained);
    t.false(text().includes('Your drawing, cropped,'));
    const row = lines().findIndex(line => line.includes('What the network saw'));
    const left = (lines()[row]?.indexOf('What the network saw') ?? -1) - 2;
    t.is(screen.cell(left + ink[0], row + 1 + ink[1])[paper], 0xffffff);
    t.is(screen.cell(left + ink[0] - 2, row + 1 + ink[1])[paper], 0x000000);
  }
});

test('the evidence overlay has two hues and a legend', async t => {
  const { screen, predict, type, text } = await showApp(t, drawSeven, {
    service: connectedService,
  });
  const saliency = seenPixels.map((_, index) => (index % 2 === 0 ? 1 : -1));
  const seen = [...drawStrokes(sevenStrokes)].map(ink => ink / 255);
  await predict({ ...explained, seen, saliency });
  await type('x');
  t.true(text().includes('evidence for  against'));
  const { left, top } = canvasOn(screen);
  const colour = (x: number) => screen.cell(left + x, top + 5).foreground ?? 0;
  const [red, blue] = [(value: number) => value >> 16, (value: number) => value & 0xff];
  t.true(blue(colour(4)) > red(colour(4)));
  t.true(red(colour(5)) > blue(colour(5)));
  await type('x');
  t.deepEqual(pixelsOn(screen), [...drawStrokes(sevenStrokes)]);
});

test('without colour the terminal cursor shows the pen', async t => {
  const capabilities = { ...fullColour, colours: 'none' } as const;
  const { screen, type, lines, written, predict } = await showApp(t, drawSeven, { capabilities });
  await predict(explained);
  t.true(lines().some(line => line.includes('█████')));
  // The stroke left the pen on the pixel in column 12 and row 23.
  await type('j');
  t.deepEqual(screen.cursor(), { column: 1 + 12, row: 2 + 24 / 2 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control sequences
  t.notRegex(written(), /\u001b\[[\d;]*m/);
});

test('with --ascii and without Unicode everything is ASCII, on every screen', async t => {
  const gate = parseGate(JSON.stringify(passingGate));
  const compared: Learning = { type: 'compared', gate };
  const modes: readonly Mode[] = [
    ...[drawingMode, { type: 'correcting' }, { type: 'help', top: 0 }, { type: 'gate', row: 0 }],
    ...[{ type: 'settings', row: 2 }, { type: 'asking-consent' }, { type: 'confirming-stop' }],
    ...[
      { type: 'corrections', row: 0 },
      { type: 'confirming-deletion', row: 0, id: 'a' },
    ],
    { type: 'typing', purpose: 'open', text: 'Übung/七', hint: 'é – ü' },
  ] as const;
  for (const [columns, rows, way] of [
    [66, 22, { isAscii: true }],
    [200, 60, { capabilities: { ...fullColour, unicode: false } }],
  ] as const) {
    const { screen, act, predict, pressEscape, written, resize } = await showApp(t, drawSeven, {
      ...{ columns, rows, service: connectedService },
      ...way,
    });
    await predict(explained);
    await act({ type: 'learning-changed', learning: compared });
    for (const mode of modes) await act({ type: 'mode-changed', mode });
    await act({ type: 'mode-changed', mode: drawingMode }, { type: 'explanation-toggled' });
    await act({ type: 'pen-moved', dx: 1, dy: 1, timeMs: 0 });
    t.is(canvasOn(screen).rows, rows < 37 ? 14 : 28);
    await act({ type: 'practice-began', seed: 7 });
    await pressEscape();
    await resize(40, 10);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control sequences
    t.regex(written(), /^[\x00-\x7e]*$/);
  }
});

test('the list of corrections has no legend: its pictures have no evidence', async t => {
  const { act, text } = await showApp(t, [{ type: 'explanation-toggled' }]);
  t.true(text().includes('evidence for'));
  await act({ type: 'mode-changed', mode: { type: 'corrections', row: 0 } });
  t.false(text().includes('evidence for'));
});

test('without colour evidence for and against have signs of their own, named above', async t => {
  const capabilities = { ...fullColour, colours: 'none' } as const;
  for (const [columns, rows] of [
    [66, 22],
    [200, 60],
  ] as const) {
    const { screen, predict, act, lines } = await showApp(t, drawSeven, {
      ...{ columns, rows, capabilities },
    });
    const seen = [...drawStrokes(sevenStrokes)].map(ink => ink / 255);
    const saliency = seen.map((ink, index) =>
      ink < 0.5 ? 0 : [1, 0.15, -0.15, -0.5, 0.01][Math.floor(index / 56) % 5]!,
    );
    await predict({ ...explained, seen, saliency });
    await act({ type: 'explanation-toggled' });
    t.true(lines().some(line => line.endsWith('+ # evidence for  - = against')));
    const { left, top, columns: width, rows: height } = canvasOn(screen);
    const drawn = lines().slice(top, top + height);
    const signs = new Set(drawn.map(line => line.slice(left, left + width)).join(''));
    t.deepEqual([...signs].toSorted(), [...' #+-.='].toSorted());
  }
});

test('with 16 colours all evidence from a tenth on is in the colour of its legend', async t => {
  const capabilities = { ...fullColour, colours: 16 } as const;
  const { screen, predict, act, lines } = await showApp(t, drawSeven, {
    ...{ columns: 200, rows: 60, capabilities },
  });
  const ink = [...drawStrokes(sevenStrokes)];
  const seen = ink.map(each => each / 255);
  const saliency = seen.map((each, index) => (each < 0.5 ? 0 : index % 28 < 14 ? 0.12 : -1));
  await predict({ ...explained, seen, saliency });
  await act({ type: 'explanation-toggled' });
  const row = lines().findIndex(line => line.includes('evidence for  against'));
  const colourOf = (text: string) =>
    screen.cell(lines()[row]?.lastIndexOf(text) ?? -1, row).foreground;
  const { left, top } = canvasOn(screen);
  const coloured = seen.map((_, index) => {
    const [x, y] = [index % 28, Math.floor(index / 28)];
    return screen.cell(left + 2 * x, top + y).background;
  });
  const count = (colour: number | undefined) => coloured.filter(each => each === colour).length;
  t.is(count(colourOf('evidence for')), saliency.filter(each => each > 0).length);
  t.is(count(colourOf('against')), saliency.filter(each => each < 0).length);
});

test('a blank canvas says how to begin, until something is drawn or the pen is moved', async t => {
  for (const [columns, rows, colours] of [
    [66, 22, 'full'],
    [200, 60, 16],
    [80, 24, 'none'],
  ] as const) {
    const capabilities = { ...fullColour, colours };
    const { act, text } = await showApp(t, [], { columns, rows, capabilities });
    t.true(text().includes('Draw a digit here'));
    await act({ type: 'mouse-switched', isOn: false });
    t.false(text().includes('with the mouse'));
    await act(...drawSeven);
    t.false(text().includes('Draw a digit here'));
    await act({ type: 'cleared' });
    t.true(text().includes('Draw a digit here'));
    await act({ type: 'pen-moved', dx: 1, dy: 0, timeMs: 0 });
    t.false(text().includes('Draw a digit here'));
  }
});

test('a refused prediction has nothing in the colour of success', async t => {
  const { screen, predict, lines } = await showApp(t, drawSeven);
  const barColour = () =>
    screen.cell(
      32 + 2,
      lines().findIndex(line => line.includes('│ 7 █')),
    );
  await predict(explained);
  t.is(barColour().foreground, 0x4ade80);
  await predict({ ...explained, digit: null, reason: 'uncertain' });
  t.is(barColour().foreground, 0xfacc15);
});

test('in a window that is too small a sentence asks for a larger one', async t => {
  const { lines, commands, type } = await showApp(t, [], { columns: 40, rows: 10 });
  t.deepEqual(
    lines().filter(line => line !== ''),
    [
      'Drawing needs a window of at least 66×22',
      ' characters; this one has 40×10.',
      'Enlarge the window, or press q to quit.',
    ],
  );
  await type('\r', 'q');
  t.deepEqual(commands, [{ type: 'quit' }]);
});

test('the reason why there is no service takes at most two rows', async t => {
  const why = 'Our own service did not start, for a reason that is long. '.repeat(4);
  const service = {
    status: 'away',
    origin: 'embedded',
    url: undefined,
    why,
    retryInMs: 1,
  } as const;
  const { lines } = await showApp(t, [{ type: 'service-changed', service }]);
  t.true(lines()[18]?.startsWith('│ No service available.'));
  t.true(lines()[19]?.startsWith('│ Our own service did not start'));
  t.regex(lines()[20] ?? '', /^│ \w.*…\s*│$/);
  t.true(lines()[21]?.startsWith('╰'));
  t.true(lines()[23]?.endsWith('q quit'));
});

test('a stroke of sixty reports writes at most 400 bytes each, predictions included', async t => {
  const { act, predict, written } = await showApp(t, [], { service: connectedService });
  await act({ type: 'stroke-began', at: [4.5, 5], timeMs: 0 });
  const before = Buffer.byteLength(written());
  for (let report = 1; report <= 60; report++) {
    const x = 4.5 + 19 * Math.abs(Math.sin(report / 12));
    await act({ type: 'stroke-continued', to: [x, 5 + report / 3], timeMs: report });
    if (report % 3 === 0) await predict({ ...explained, confidence: report / 100 });
  }
  const each = (Buffer.byteLength(written()) - before) / 60;
  t.log(`${each.toFixed(0)} bytes`);
  t.true(each <= 400, `${each}`);
});
