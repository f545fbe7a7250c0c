// The picture of the page for the README: the picker, the button and the answer.

import type { Locator } from 'playwright-core';
import sharp from 'sharp';

/** What Swagger UI shows beside them: other parameters, curl, headers, each answer there could be. */
const clutter = [
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

/** Writes what is worth seeing of the panel to this file. */
export async function photograph(panel: Locator, path: string): Promise<void> {
  const style = `${clutter.join()} { display: none !important }`;
  const picture = await panel.screenshot({ style, animations: 'disabled' });
  await sharp(picture).png({ palette: true, effort: 10 }).toFile(path);
}
