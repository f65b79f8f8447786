import { css } from 'lit'

/** What every shadow root starts from: box sizing, type, links, focus. Put it first in `static styles`. */
export const base = css`
  *, *::before, *::after { box-sizing: border-box; }
  :host([hidden]), [hidden] { display: none !important; }
  h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h1, h2, h3, h4 { font-weight: var(--t-black); line-height: var(--t-leading-tight); letter-spacing: -0.015em; text-wrap: balance; }
  h1 { font-size: var(--t-text-2xl); }
  h2 { font-size: var(--t-text-xl); }
  h3 { font-size: var(--t-text-l); font-weight: var(--t-bold); letter-spacing: -0.005em; }
  a { color: inherit; text-decoration: underline; text-decoration-color: var(--t-brand-deep); text-decoration-thickness: 2px; text-underline-offset: 0.2em; }
  a:hover { text-decoration-thickness: 3px; }
  button { font: inherit; color: inherit; }
  img, svg { max-width: 100%; }
  :focus-visible { outline: 3px solid var(--t-focus); outline-offset: 2px; border-radius: 4px; }
  .quiet { color: var(--t-ink-2); }
  .small { font-size: var(--t-text-s); }
  .number { font-variant-numeric: tabular-nums; }
  .visually-hidden {
    position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0;
  }
`

/** Layout for pages: a centred column, stacks and rows that wrap. */
export const layout = css`
  .page { width: 100%; max-width: calc(var(--t-page) + 2 * var(--t-gutter)); margin-inline: auto; padding: var(--t-space-5) var(--t-gutter) var(--t-space-8); }
  .page > :is(t-stale, t-problem[inline]) { margin-bottom: var(--t-space-4); }
  .cover { text-decoration: none; }
  .cover:focus-visible { outline: none; }
  .cover::after { content: ''; position: absolute; inset: 0; z-index: 1; }
  .stack { display: flex; flex-direction: column; gap: var(--t-gap, var(--t-space-4)); }
  .row { display: flex; flex-wrap: wrap; align-items: center; gap: var(--t-gap, var(--t-space-3)); }
  .spread { justify-content: space-between; }
  .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--t-column, 17.5rem)), 1fr)); gap: var(--t-gap, var(--t-space-5)); }
`
