// The style sheet of the pages, for light and dark mode, all screen sizes, and print.

/** CSS for `renderDocument`. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --card: #ffffff; --ink: #1d2127; --faint: #5f6773; --rule: #dfe2e6;
  --first: #2b6cb8; --second: #d9731a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --card: #1b1e24; --ink: #e8eaed; --faint: #a0a8b4; --rule: #343941;
    --first: #5b9be6; --second: #e08a3c;
  }
  .ink { filter: invert(1); }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
}
main { max-width: 66rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { margin: 0 0 1.25rem; font-size: clamp(1.6rem, 5vw, 2.4rem); line-height: 1.15;
  letter-spacing: -0.02em; overflow-wrap: anywhere; text-wrap: balance; }
h2 { margin: 0 0 0.75rem; font-size: 1.35rem; line-height: 1.25; letter-spacing: -0.01em; }
h3 { margin: 0 0 0.5rem; font-size: 1rem; }
p { max-width: 42rem; margin: 0 0 1rem; color: var(--faint); }
section { margin-top: 2.75rem; padding-top: 1.75rem; border-top: 1px solid var(--rule); }
figure { margin: 0; }
figcaption { margin-bottom: 0.5rem; font-weight: 600; line-height: 1.4; }
small { font-size: 0.875em; font-weight: 400; color: var(--faint); }
.headline { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 0 0 2rem; }
.headline dt { color: var(--faint); font-size: 0.9rem; }
.headline dd { margin: 0; font-size: 1.7rem; font-weight: 650; line-height: 1.25;
  letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.headline small { display: block; font-size: 0.85rem; letter-spacing: 0; }
.plots { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
.pairs { display: grid; gap: 2rem 2.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 25rem), 1fr)); }
.stack { display: grid; gap: 2rem; }
.plot svg { display: block; max-width: 100%; height: auto; }
.facts { display: grid; gap: 1.5rem 2.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
.facts dl { margin: 0; font-size: 0.925rem; }
.facts dl > div { padding: 0.35rem 0; border-bottom: 1px solid var(--rule); }
.facts dt { color: var(--faint); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.925rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 0 0.3rem 1.5rem; border-bottom: 1px solid var(--rule); text-align: right;
  white-space: nowrap; }
th { font-weight: 600; }
td small { white-space: normal; }
.overview :is(th, td) { white-space: normal; vertical-align: top; }
tr > :first-child { padding-left: 0; text-align: left; }
tbody th { font-weight: 400; color: var(--faint); }
tbody .group { padding-top: 1rem; font-weight: 600; color: var(--ink); }
.total :is(th, td) { font-weight: 600; color: var(--ink); }
.mistakes + h3 { margin-top: 2rem; }
.filters { display: grid; gap: 0.4rem; grid-template-columns: repeat(auto-fill, minmax(3.4rem, 1fr)); }
.filter { width: 100%; height: auto; border-radius: 3px; background: var(--card);
  outline: 1px solid var(--rule); image-rendering: pixelated; }
.mistakes { display: grid; gap: 1.25rem 1rem; grid-template-columns: repeat(auto-fill, minmax(7.25rem, 1fr)); }
.mistakes img { width: 100%; max-width: 8rem; height: auto; image-rendering: pixelated; }
.mistakes figcaption { margin: 0.35rem 0 0; font-size: 0.875rem; font-weight: 400; }
.positive, .wrong { color: var(--second); }
.negative { color: var(--first); }
@media (max-width: 30rem) { th, td { padding-left: 0.75rem; } }
@media print { section, figure { break-inside: avoid; } }
`;
