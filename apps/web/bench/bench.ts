// `nx run web:bench`: how soon the page can be used with an empty cache, how soon a pointer's movement is
// on the screen, and how soon the answer is there after a stroke. In a headless Chromium, over loopback. Beside
// the page an empty one shows what Chromium itself takes on this machine, in turns with it.

import type { Page } from 'playwright-core';
import { answerOf } from '../browser/support/answer.ts';
import { drawStrokes, strokesOf } from '../browser/support/pointer.ts';
import { desktop, launchChromium, openPage, startOwnService } from '../browser/support/session.ts';
import { pointerLatenciesOf } from './pointer-latency.ts';

const loads = 10;
const rounds = 3;

type Recording = typeof globalThis & { answersMs: number[] };

/** Records from the end of a stroke to the end of the frame that shows the answer, unless another one begins. */
function recordAnswers(): void {
  const answersMs: number[] = [];
  Object.assign(globalThis, { answersMs });
  const answer = document.querySelector<HTMLElement>('#answer')!;
  let endedMs: number | undefined;
  addEventListener('pointerdown', () => {
    endedMs = undefined;
  });
  addEventListener('pointerup', ({ target }) => {
    if ((target as Element).closest('#surface')) endedMs = performance.now();
  });
  // It changes in a frame; a message is received after that.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    if (endedMs !== undefined) answersMs.push(performance.now() - endedMs);
    endedMs = undefined;
  };
  new MutationObserver(() => {
    if (answer.dataset['age'] === 'current') port2.postMessage(undefined);
  }).observe(answer, { attributeFilter: ['data-age'] });
}

/** A page that draws one point where the pointer is, on a canvas of the same size and place. */
async function makeEmpty(page: Page, ours: Page): Promise<void> {
  const { x, y, width } = (await ours.locator('#surface').boundingBox())!;
  await page.setContent(`<!doctype html><canvas id="surface" width="28" height="28" style="position: absolute;
    left: ${x}px; top: ${y}px; width: ${width}px; image-rendering: pixelated"></canvas>`);
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas')!;
    const context = canvas.getContext('2d')!;
    const scale = canvas.width / canvas.clientWidth;
    let isScheduled = false;
    canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
      if (isScheduled) return;
      isScheduled = true;
      requestAnimationFrame(() => {
        isScheduled = false;
        context.fillStyle = `hsl(${performance.now()} 50% 50%)`;
        context.fillRect(Math.floor(offsetX * scale), Math.floor(offsetY * scale), 1, 1);
      });
    });
  });
}

async function usableMs(page: Page): Promise<number> {
  await page.locator('main').waitFor();
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const paints = performance.getEntriesByType('paint').map(({ startTime }) => startTime);
    return Math.max((navigation as PerformanceNavigationTiming).domInteractive, ...paints);
  });
}

async function drawDigits(page: Page, afterDigit: () => Promise<void>): Promise<void> {
  await page.bringToFront();
  for (let digit = 0; digit < 10; digit++) {
    await drawStrokes(page, strokesOf(digit), 'mouse');
    await afterDigit();
  }
}

function quantile(values: readonly number[], part: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(1);
}

function report(name: string, values: readonly number[]): void {
  const [median, p95] = [quantile(values, 0.5), quantile(values, 0.95)];
  process.stdout.write(`${name}: median ${median} ms, p95 ${p95} ms (${values.length} times)\n`);
}

await using clean = new AsyncDisposableStack();
const t = { teardown: (end: () => unknown) => clean.defer(async () => void (await end())) };
const browser = await launchChromium(t);
const { url } = await startOwnService(t);

const usable: number[] = [];
for (let i = 0; i < loads; i++) {
  const { page, context } = await openPage(t, { browser }, url, desktop);
  usable.push(await usableMs(page));
  await context.close();
}
report('usable, with an empty cache', usable);

const { page } = await openPage(t, { browser }, url, desktop);
await page.evaluate(recordAnswers);
const { page: empty } = await openPage(t, { browser }, url, desktop);
await makeEmpty(empty, page);
const clear = async () => {
  await answerOf(page);
  await page.getByRole('button', { name: 'Clear' }).click();
};
const [moves, emptyMoves]: [number[], number[]] = [[], []];
for (let round = 0; round < rounds; round++) {
  moves.push(...(await pointerLatenciesOf(browser, () => drawDigits(page, clear))));
  emptyMoves.push(
    ...(await pointerLatenciesOf(browser, () => drawDigits(empty, () => empty.waitForTimeout(50)))),
  );
}
report('pointer moved to pixels', moves);
report('… on an empty page', emptyMoves);
report('stroke ended to answer', await page.evaluate(() => (globalThis as Recording).answersMs));
