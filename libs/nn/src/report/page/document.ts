// Renders complete, self-contained HTML documents, without scripts, fonts or other resources to load.

import { type Html, html, trustedMarkup } from './html.ts';
import { pageStyle } from './style.ts';

/** Renders a document whose content security policy forbids loading any resource. */
export function renderDocument(title: string, content: Html): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${trustedMarkup(pageStyle)}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
  return markup;
}
