// The layout of the page in a real Chromium: its sizes, its colours, its names for screen readers, its weight.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { answerOf } from './support/answer.ts';
import { drawStrokes, strokesOf } from './support/pointer.ts';
import { desktop, openPage, useSession } from './support/session.ts';

const session = useSession(test);

const sizes = [
  { width: 320, height: 200 },
  { width: 320, height: 568 },
  { width: 568, height: 320 },
  { width: 768, height: 1024 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
] as const;

test.serial('from 320 to 3840 pixels nothing is cut off', async t => {
  const { page, faults } = await openPage(t, session(), session().service.url);
  for (const size of sizes) {
    const name = `${size.width}×${size.height}`;
    await page.setViewportSize(size);
    await drawStrokes(page, strokesOf(5), 'mouse');
    await answerOf(page);
    await openPanels(page);
    t.true(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
    t.deepEqual(await page.evaluate(clippedTexts), [], name);
    // As wide as a stamp at least, and never wider or higher than the window.
    const { width } = (await page.locator('#surface').boundingBox())!;
    t.true(width >= 180 && width <= Math.min(size.width, size.height), `${name}: ${width}`);
  }
  t.deepEqual(faults, []);
});

/** @returns the texts that are larger than the boxes that show them */
function clippedTexts(): string[] {
  const message = document.querySelector('#message')!;
  const { textContent } = message;
  message.textContent = 'A message that is longer than any other. '.repeat(5);
  const boxes = [...document.querySelectorAll('.outcome, .outcome div, .words, .tools button')];
  const clipped = boxes.filter(
    box => box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth,
  );
  message.textContent = textContent;
  return clipped.map(box => box.textContent);
}

async function openPanels(page: Page): Promise<void> {
  const closed = page.locator('details:not([open]) > summary:visible');
  while ((await closed.count()) > 0) await closed.first().click();
}

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** @returns what axe-core finds, a line each */
async function findBarriers(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test.serial('axe-core finds no barrier, in light colours and dark ones', async t => {
  const { page } = await openPage(t, session(), session().service.url, desktop);
  await page.evaluate(axe);
  const check = async (state: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      t.deepEqual(await findBarriers(page), [], `${state}, ${colorScheme}`);
    }
  };
  await check('blank');
  await drawStrokes(page, strokesOf(8), 'mouse');
  await answerOf(page);
  await page.locator('[data-command=explain]').click();
  await page.getByTitle('It was 3').click();
  await openPanels(page);
  await answerOf(page);
  await check('corrected');
});

test.serial('without JavaScript the page says what it needs', async t => {
  const options = { ...desktop, javaScriptEnabled: false };
  const { page } = await openPage(t, session(), session().service.url, options);
  t.true(await page.locator('noscript p').isVisible());
  t.false(await page.locator('main').isVisible());
});

/** From the issue of the page. */
const maxCompressedBytes = 60_000;

test.serial('the page with its files has less than 60 kB when compressed', async t => {
  const { url } = session().service;
  const { page } = await openPage(t, session(), url, desktop);
  const paths = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  );
  const files = paths.filter(path => path.startsWith('/page/'));
  t.is(files.length, 2);
  let bytes = 0;
  for (const path of ['/', ...files]) {
    const headers = { 'accept-encoding': 'gzip' };
    bytes += Number((await fetch(`${url}${path}`, { headers })).headers.get('content-length'));
  }
  t.log(`${bytes} bytes`);
  t.true(bytes > 0 && bytes < maxCompressedBytes);
});
