// The page and its service in a real Chromium: a service that goes away, and one that wants a key.

import test from 'ava';
import { startService } from '../../api/browser/processes.ts';
import { answerOf, inkOn } from './support/answer.ts';
import { drawStrokes, strokesOf } from './support/pointer.ts';
import { desktop, launchChromium, openPage, startOwnService } from './support/session.ts';

test.serial('without its service the drawing stays, and the page recovers by itself', async t => {
  const browser = await launchChromium(t);
  const { url, stop, dataDir } = await startOwnService(t);
  const { page } = await openPage(t, { browser }, url, desktop);
  await drawStrokes(page, strokesOf(2), 'mouse');
  t.like(await answerOf(page), { digit: '2' });
  await stop();

  await page.getByRole('button', { name: 'Clear' }).click();
  await drawStrokes(page, strokesOf(6), 'mouse');
  await page.getByText('The drawing is kept').waitFor();
  const ink = await inkOn(page);
  t.true(ink > 0);
  await page.getByTitle('It was 6').click();
  await page.getByText('Saved as a 6').waitFor();

  const again = await startService(dataDir, { PORT: new URL(url).port });
  t.teardown(again.stop);
  await page.locator('#digit', { hasText: '6' }).waitFor();
  t.deepEqual(await answerOf(page), { digit: '6', reason: 'accepted' });
  t.is(await inkOn(page), ink);
  await page.getByText('1 saved in all').waitFor();
  const { items } = await (await fetch(`${url}/feedback`)).json();
  t.like(items, [{ label: 6, source: 'correction' }]);
});

const apiKey = 'a-key-for-these-tests';

test.serial('the API key is asked for once in a session', async t => {
  const browser = await launchChromium(t);
  const { url } = await startOwnService(t, { API_KEY: apiKey });
  const { page } = await openPage(t, { browser }, url, desktop);
  const key = page.getByLabel('API key', { exact: true });
  for (const [text, isRight] of [
    ['another-key', false],
    [apiKey, true],
  ] as const) {
    await key.waitFor();
    await key.fill(text);
    await key.press('Enter');
    if (!isRight) await page.getByText('The key is not right').waitFor();
  }
  await page.getByText('Ready').waitFor();
  t.false(await key.isVisible());
  await page.reload();
  await page.getByText('Ready').waitFor();
  t.false(await key.isVisible());
  await drawStrokes(page, strokesOf(0), 'mouse');
  t.deepEqual(await answerOf(page), { digit: '0', reason: 'accepted' });
});
