// Drives the page under /docs as a user does who sends a picture, and takes its screenshot.

import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';

/** The values of the form's fields by name. */
export interface Filling {
  readonly file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
  readonly [field: string]: string | Filling['file'];
}

/** The response that the page shows. */
export interface Shown {
  readonly status: string;
  readonly body: unknown;
}

/** Opens the panel of a route. */
export async function openPanel(page: Page, operationId: string): Promise<Locator> {
  const panel = page.locator(`.opblock[id$="-${operationId}"]`);
  await panel.locator('.opblock-summary-control').click();
  await panel.locator('button.execute').waitFor();
  return panel;
}

/** Fills the form, presses "Execute" and reads the response. */
export async function execute(panel: Locator, { file, ...texts }: Filling): Promise<Shown> {
  await field(panel, 'file').locator('input[type=file]').setInputFiles(file);
  for (const [name, text] of Object.entries(texts)) {
    await field(panel, name).locator('input[type=text]').fill(String(text));
  }
  await panel.locator('button.execute').click();
  const answer = panel.locator('.live-responses-table tbody tr.response');
  await answer.waitFor();
  const status = await answer.locator('.response-col_status').textContent();
  const body = await answer.locator('pre').first().textContent();
  return { status: status?.trim() ?? '', body: JSON.parse(body ?? '') };
}

function field(panel: Locator, name: string): Locator {
  return panel.locator(`tr[data-property-name="${name}"]`);
}

/** Elements hidden in the screenshot: other parameters, curl, headers, the possible responses. */
const hiddenElements = [
  '.opblock-section:not(.opblock-section-request-body) > .opblock-section-header',
  '.parameters-container',
  '.curl-command',
  'div:has(> .request-url)',
  '.live-responses-table div:has(> pre > .headerline)',
  '.responses-table:not(.live-responses-table)',
  'h4:has(+ .responses-table:not(.live-responses-table))',
  '.responses-wrapper > .opblock-section-header',
  'div:has(+ .responses-table:not(.live-responses-table)) > h4',
  '.download-contents',
  '.copy-to-clipboard',
];

/** Writes a screenshot of the panel: the file picker, the button and the response. */
export async function takeScreenshot(panel: Locator, path: string): Promise<void> {
  const style = `${hiddenElements.join()} { display: none !important }`;
  const picture = await panel.screenshot({ style, animations: 'disabled' });
  await sharp(picture).png({ palette: true, effort: 10 }).toFile(path);
}
