// Drawing in a real Chromium: strokes by mouse, finger and pen, and what undoes them.

import test from 'ava';
import type { BrowserContextOptions } from 'playwright-core';
import { answerOf, inkOn } from './support/answer.ts';
import { drawStrokes, type PointerType, strokesOf, tapWithFingers } from './support/pointer.ts';
import { desktop, openPage, phone, useSession } from './support/session.ts';

const session = useSession(test);
const digits = Array.from({ length: 10 }, (_, digit) => digit);
const one = [strokesOf(4)[0]!];

const devices: readonly (readonly [PointerType, BrowserContextOptions])[] = [
  ['mouse', desktop],
  ['touch', phone],
  ['pen', { viewport: { width: 820, height: 1180 }, deviceScaleFactor: 2 }],
];
for (const [pointerType, device] of devices) {
  test.serial(`ten digits drawn with events of type ${pointerType} are read right`, async t => {
    const { service } = session();
    const { page, faults } = await openPage(t, session(), service.url, device);
    for (const digit of digits) {
      await drawStrokes(page, strokesOf(digit), pointerType);
      t.deepEqual(await answerOf(page), { digit: `${digit}`, reason: 'accepted' }, `${digit}`);
      await page.getByRole('button', { name: 'Clear' }).click();
    }
    t.deepEqual(faults, []);
  });
}

test.serial('undo and redo go back and forth by strokes, with buttons and keys', async t => {
  const { page } = await openPage(t, session(), session().service.url, desktop);
  await drawStrokes(page, one, 'mouse');
  const inkOfOne = await inkOn(page);
  await drawStrokes(page, [strokesOf(4)[1]!], 'mouse');
  const inkOfBoth = await inkOn(page);
  t.true(inkOfBoth > inkOfOne && inkOfOne > 0);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await button('Undo').click();
  t.is(await inkOn(page), inkOfOne);
  await page.keyboard.press('Control+z');
  t.is(await inkOn(page), 0);
  await page.keyboard.press('Control+y');
  await button('Redo').click();
  t.is(await inkOn(page), inkOfBoth);
});

test.serial(
  'a finger draws and does not scroll; a second finger takes its stroke back',
  async t => {
    const small = { ...phone, viewport: { width: 320, height: 568 } };
    const { page } = await openPage(t, session(), session().service.url, small);
    await drawStrokes(
      page,
      [
        [
          [0.5, 0.9],
          [0.5, 0.6],
          [0.5, 0.1],
        ],
      ],
      'touch',
    );
    t.is(await page.evaluate(() => scrollY), 0);
    const ink = await inkOn(page);
    t.true(ink > 0);
    await drawStrokes(page, one, 'touch');
    t.true((await inkOn(page)) > ink);
    await tapWithFingers(page, 2);
    t.is(await inkOn(page), ink);
    await tapWithFingers(page, 3);
    t.true((await inkOn(page)) > ink);
  },
);

test.serial('a window that changes its size during a stroke ends it', async t => {
  const { page } = await openPage(t, session(), session().service.url, desktop);
  const { x, y } = (await page.locator('#surface').boundingBox())!;
  await page.mouse.move(x + 50, y + 50);
  await page.mouse.down();
  const before = await inkOn(page);
  await page.setViewportSize({ width: 800, height: 1280 });
  // A frame with the new size, in which the page is informed of it.
  await page.waitForFunction(() => globalThis.innerWidth === 800);
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))));
  await page.mouse.move(x + 200, y + 200);
  t.true(before > 0);
  t.is(await inkOn(page), before);
});

test.serial('the keyboard alone draws, and corrects the answer', async t => {
  const { page } = await openPage(t, session(), session().service.url, desktop);
  const surface = page.locator('#surface');
  for (let i = 0; i < 10 && !(await surface.evaluate(isFocused)); i++)
    await page.keyboard.press('Tab');
  t.true(await surface.evaluate(isFocused));
  const press = async (keys: string, times: number) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(keys);
  };
  await press('ArrowUp', 9);
  await press('Space', 1);
  await press('ArrowDown', 18);
  await press('Space', 1);
  t.deepEqual(await answerOf(page), { digit: '1', reason: 'accepted' });
  await press('f', 1);
  await press('1', 1);
  await page.getByText('Saved as a 1').waitFor();
  t.true(await surface.evaluate(isFocused));
});

function isFocused(element: Element): boolean {
  return element === document.activeElement;
}
