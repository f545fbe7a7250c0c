// What the page shows: the answer to the drawing of now, and the drawing itself.

import type { Page } from 'playwright-core';

export interface ShownAnswer {
  readonly digit: string;
  /** `accepted`, why not, or `none`. */
  readonly reason: string;
}

/** Waits until the answer is one to the current drawing. */
export async function answerOf(page: Page): Promise<ShownAnswer> {
  await nextFrame(page);
  const answer = page.locator('#answer[data-age=current]');
  await answer.waitFor();
  return {
    digit: (await page.locator('#digit').textContent()) ?? '',
    reason: (await answer.getAttribute('data-reason')) ?? '',
  };
}

/** Waits until what the page has done is on the screen. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** @returns how much ink is on the drawing surface, in pixels of full ink */
export async function inkOn(page: Page): Promise<number> {
  await nextFrame(page);
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('#ink')!;
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
    let sum = 0;
    for (let i = 3; i < data.length; i += 4) sum += data[i]! / 255;
    return sum;
  });
}
