// What a web page tries with the store of a service: each attempt is an expression that the page
// evaluates, with the effect that would show that it succeeded.

import type { Page } from 'playwright-core';
import { picture } from '../test/support/feedback.ts';

/** The stored items that a page goes for, and the address of the service. */
export interface Target {
  /** Without a final slash; empty for the page's own origin. */
  readonly base: string;
  readonly correction: string;
  readonly disagreement: string;
}

/** The ids of what is stored. */
export interface Stored {
  readonly corrections: readonly string[];
  readonly disagreements: readonly string[];
}

export interface Attempt {
  readonly name: string;
  /** Resolves to whether the page has what it wants, as far as it can know. */
  expression(target: Target): string;
  /** Whether the store shows that it succeeded, where the page cannot know. */
  hasChanged?(before: Stored, after: Stored): boolean;
}

/** An expression for a form with a picture that is not stored yet. */
function formWith(index: number): string {
  const bytes = picture(index).toString('base64');
  return `(() => {
    const bytes = Uint8Array.from(atob('${bytes}'), character => character.charCodeAt(0));
    const form = new FormData();
    form.append('label', '1');
    form.append('file', new File([bytes], 'digit.png', { type: 'image/png' }));
    return form;
  })()`;
}

let pictures = 1000;

const hasMoreCorrections = (before: Stored, after: Stored) =>
  after.corrections.length > before.corrections.length;

/** In this order: deleting comes last, as the others need the items. */
export const attempts: readonly Attempt[] = [
  {
    name: 'post a correction',
    expression: ({ base }) =>
      `fetch('${base}/feedback', { method: 'POST', mode: 'no-cors', body: ${formWith(++pictures)} })
        .then(() => false, () => false)`,
    hasChanged: hasMoreCorrections,
  },
  {
    name: 'submit a form with a correction',
    expression: ({ base }) =>
      `new Promise(resolve => {
        const frame = Object.assign(document.createElement('iframe'), { name: 'answer' });
        const form = Object.assign(document.createElement('form'), {
          action: '${base}/feedback', method: 'post', enctype: 'multipart/form-data', target: 'answer',
        });
        const label = Object.assign(document.createElement('input'), { name: 'label', value: '1' });
        const file = Object.assign(document.createElement('input'), { name: 'file', type: 'file' });
        const transfer = new DataTransfer();
        transfer.items.add(${formWith(++pictures)}.get('file'));
        file.files = transfer.files;
        form.append(label, file);
        document.body.append(frame, form);
        setTimeout(() => resolve(false), 1000);
        form.submit();
      })`,
    hasChanged: hasMoreCorrections,
  },
  {
    name: 'read the corrections',
    expression: ({ base }) =>
      `fetch('${base}/feedback').then(r => r.json()).then(page => page.total > 0).catch(() => false)`,
  },
  {
    name: 'show a stored picture',
    expression: ({ base, correction }) =>
      `new Promise(resolve => {
        const image = new Image();
        image.onload = () => resolve(true);
        image.onerror = () => resolve(false);
        image.src = '${base}/feedback/${correction}/image';
      })`,
  },
  {
    name: 'read a stored picture',
    expression: ({ base, correction }) =>
      `fetch('${base}/feedback/${correction}/image').then(r => r.ok, () => false)`,
  },
  {
    name: 'label a disagreement',
    expression: ({ base, disagreement }) =>
      `fetch('${base}/disagreements/${disagreement}/label', {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"label":1}',
      }).then(r => r.ok, () => false)`,
    hasChanged: (before, after) => after.disagreements.length < before.disagreements.length,
  },
  {
    name: 'delete a correction',
    expression: ({ base, correction }) =>
      `fetch('${base}/feedback/${correction}', { method: 'DELETE' }).then(r => r.ok, () => false)`,
    hasChanged: (before, { corrections }) =>
      before.corrections.some(id => !corrections.includes(id)),
  },
];

/** Makes every attempt. @returns the names of those that succeeded */
export async function makeAttempts(
  page: Page,
  target: Target,
  readStore: () => Promise<Stored>,
): Promise<string[]> {
  const succeeded: string[] = [];
  for (const { name, expression, hasChanged } of attempts) {
    const before = await readStore();
    const hasAnswer = await page.evaluate(expression(target));
    const after = await readStore();
    if (hasAnswer || hasChanged?.(before, after)) succeeded.push(name);
  }
  return succeeded;
}
