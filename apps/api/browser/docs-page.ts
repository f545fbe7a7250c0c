// The page under /docs in a browser, as far as a person uses it to send a picture.

import type { Locator, Page } from 'playwright-core';

/** What a person picks or types, by the name of the field. */
export interface Filling {
  readonly file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
  readonly [field: string]: string | Filling['file'];
}

/** What the page shows of the answer. */
export interface Shown {
  readonly status: string;
  readonly body: unknown;
}

/** The panel of a route, opened. */
export async function openPanel(page: Page, operationId: string): Promise<Locator> {
  const panel = page.locator(`.opblock[id$="-${operationId}"]`);
  await panel.locator('.opblock-summary-control').click();
  await panel.locator('button.execute').waitFor();
  return panel;
}

/** Fills the form in, presses "Execute" and reads the answer. */
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
