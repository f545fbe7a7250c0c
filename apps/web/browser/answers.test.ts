// What is done with an answer in a real Chromium: correcting it, and opening pictures.

import test from 'ava';
import type { Page } from 'playwright-core';
import { photograph } from '../../api/test/support/photograph.ts';
import { answerOf } from './support/answer.ts';
import { drawStrokes, strokesOf } from './support/pointer.ts';
import { desktop, openPage, phone, useSession } from './support/session.ts';

/** A sheet of paper with a 7 on it, darker to the right. */
const photo = await photograph(7, {
  ...{ width: 640, height: 480, left: 220, top: 130, side: 220 },
  light: x => 1 - 0.4 * x,
})
  .jpeg()
  .toBuffer();

const session = useSession(test);

interface Stored {
  readonly label: number;
  readonly predicted: number;
  readonly source: string;
}

async function storedCorrections(url: string): Promise<readonly Stored[]> {
  return (await (await fetch(`${url}/feedback`)).json()).items;
}

test.serial('a correction is stored, still there after a reload, and can be undone', async t => {
  const { url } = session().service;
  const { page, faults } = await openPage(t, session(), url, phone);
  await drawStrokes(page, strokesOf(7), 'touch');
  await answerOf(page);
  await page.getByTitle('It was 4').tap();
  await page.getByText('Saved as a 4').waitFor();
  t.like(await storedCorrections(url), [{ label: 4, predicted: 7, source: 'correction' }]);

  await page.reload();
  await page.getByText('1 saved in all').waitFor();
  t.is((await storedCorrections(url)).length, 1);

  await drawStrokes(page, strokesOf(9), 'touch');
  await answerOf(page);
  await page.getByTitle('It was 3').tap();
  await page.locator('#undo-correction').tap();
  await page.getByText('is undone').waitFor();
  t.deepEqual(
    (await storedCorrections(url)).map(({ label }) => label),
    [4],
  );
  t.deepEqual(faults, []);
});

/** Gives the page a file as the browser does that drops or pastes it. */
async function giveFile(page: Page, kind: 'drop' | 'paste'): Promise<void> {
  await page.evaluate(
    ([name, base64]) => {
      const bytes = Uint8Array.from(atob(base64!), character => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], 'seven.jpg', { type: 'image/jpeg' }));
      const options = { bubbles: true, cancelable: true };
      const event =
        name === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...options, clipboardData: transfer });
      document.querySelector('#surface')!.dispatchEvent(event);
    },
    [kind, photo.toString('base64')] as const,
  );
}

test.serial('a photograph that is dropped, pasted or chosen is read and shown', async t => {
  const { page, faults } = await openPage(t, session(), session().service.url, desktop);
  const file = { name: 'seven.jpg', mimeType: 'image/jpeg', buffer: photo };
  const image = page.locator('#photo');
  for (const give of [
    () => giveFile(page, 'drop'),
    () => giveFile(page, 'paste'),
    () => page.locator('#file').setInputFiles(file),
  ]) {
    await give();
    await image.waitFor();
    t.deepEqual(await answerOf(page), { digit: '7', reason: 'accepted' });
    t.is(await image.evaluate(shown => (shown as HTMLImageElement).naturalWidth), 640);
    await page.getByRole('button', { name: 'Clear' }).click();
    await image.waitFor({ state: 'hidden' });
  }
  t.deepEqual(faults, []);
});

test.serial('a small file with long sides is made smaller, and text gets a sentence', async t => {
  const { page } = await openPage(t, session(), session().service.url, desktop);
  const scene = { width: 20_000, height: 10, left: 0, top: 0, side: 28, light: () => 1 };
  const buffer = await photograph(7, scene).linear(0, 255).png().toBuffer();
  await page.locator('#file').setInputFiles({ name: 'line.png', mimeType: 'image/png', buffer });
  await page.getByText('Nothing is drawn on this picture.').waitFor();
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/plain', 'seven');
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer }));
  });
  await page.getByText('Only a picture can be opened').waitFor();
  t.pass();
});

test.serial('undo brings back what practice has cleared, and its end clears nothing', async t => {
  const { page } = await openPage(t, session(), session().service.url, desktop);
  await drawStrokes(page, strokesOf(7), 'mouse');
  await answerOf(page);
  await page.locator('#task').click();
  await page.getByText('Undo brings the former drawing back').first().waitFor();
  await page.locator('[data-command=undo]').click();
  t.is((await answerOf(page)).digit, '7');
  await page.locator('#task').click();
  await page.locator('#task', { hasText: /^Practice$/ }).waitFor();
  t.is((await answerOf(page)).digit, '7');
});

test.serial('evidence is laid over the drawing', async t => {
  const { page } = await openPage(t, session(), session().service.url, desktop);
  await drawStrokes(page, strokesOf(3), 'mouse');
  await answerOf(page);
  await page.locator('[data-command=explain]').click();
  await page.locator('#why:not(:empty)').waitFor();
  t.regex((await page.locator('#why').textContent()) ?? '', /3/);
});
