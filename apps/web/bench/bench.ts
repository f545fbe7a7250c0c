// `nx run web:bench`: how soon the page can be used with an empty cache, how soon a pointer's movement is
// on the screen, and how soon the answer is there after a stroke. In a headless Chromium, over loopback.

import type { Browser, Page } from 'playwright-core';
import { answerOf } from '../browser/support/answer.ts';
import { drawStrokes, strokesOf } from '../browser/support/pointer.ts';
import { desktop, launchChromium, openPage, startOwnService } from '../browser/support/session.ts';

const loads = 10;
const rounds = 3;

/** What the page records of itself, in milliseconds. */
interface Recorded {
  readonly movesMs: number[];
  readonly answersMs: number[];
}

type Recording = typeof globalThis & { recorded: Recorded };

/** From the first listener for an event to the end of the frame that shows its effect. */
function record(): void {
  const recorded: Recorded = { movesMs: [], answersMs: [] };
  Object.assign(globalThis, { recorded });
  const afterFrame = (then: (timeMs: number) => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(performance.now());
      port2.postMessage(undefined);
    });
  addEventListener(
    'pointermove',
    ({ buttons }) => {
      const start = performance.now();
      if (buttons !== 0) afterFrame(end => recorded.movesMs.push(end - start));
    },
    { capture: true },
  );
  addEventListener(
    'pointerup',
    ({ target }) => {
      if (!(target as Element).closest('#surface')) return;
      const start = performance.now();
      const look = (timeMs: number) => {
        const isCurrent = document.querySelector('#answer[data-age=current]') !== null;
        if (isCurrent) recorded.answersMs.push(timeMs - start);
        else afterFrame(look);
      };
      // The page notices the stroke's end in the frame after it.
      afterFrame(() => afterFrame(look));
    },
    { capture: true },
  );
}

async function usableMs(
  browser: Browser,
  url: string,
): Promise<{ readonly ms: number; readonly page: Page }> {
  const t = { teardown: () => {} };
  const { page } = await openPage(t, { browser }, url, desktop);
  await page.locator('main').waitFor();
  const ms = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const paints = performance.getEntriesByType('paint').map(({ startTime }) => startTime);
    return Math.max((navigation as PerformanceNavigationTiming).domInteractive, ...paints);
  });
  return { ms, page };
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
  const { ms, page } = await usableMs(browser, url);
  usable.push(ms);
  await page.context().close();
}
report('usable, with an empty cache', usable);

const { page } = await openPage(t, { browser }, url, desktop);
await page.evaluate(record);
for (let round = 0; round < rounds; round++) {
  for (let digit = 0; digit < 10; digit++) {
    await drawStrokes(page, strokesOf(digit), 'mouse');
    await answerOf(page);
    await page.getByRole('button', { name: 'Clear' }).click();
  }
}
const { movesMs, answersMs } = await page.evaluate(() => (globalThis as Recording).recorded);
report('pointer moved to pixels', movesMs);
report('stroke ended to answer', answersMs);
