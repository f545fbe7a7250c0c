// HTML templates that escape inserted text. Only values of type `Html` are inserted unescaped.

/** Safe HTML. Created only by `html` and `trustedMarkup`. */
export interface Html {
  readonly markup: string;
}

type Insertion = string | number | Html | readonly Html[];

/** The template tag: html`<p class="${name}">${text}</p>`. Attribute values must be quoted. */
export function html(parts: TemplateStringsArray, ...insertions: readonly Insertion[]): Html {
  return { markup: String.raw({ raw: parts }, ...insertions.map(markupOf)) };
}

/** Marks markup as safe, from a source that escapes its text. */
export function trustedMarkup(markup: string): Html {
  return { markup };
}

function markupOf(insertion: Insertion): string {
  if (typeof insertion === 'string') return escapeText(insertion);
  if (typeof insertion === 'number') return String(insertion);
  if ('markup' in insertion) return insertion.markup;
  return insertion.map(({ markup }) => markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character]!);
}
