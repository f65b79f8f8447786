import { css } from 'lit'

export const styles = css`
  h1 { margin-bottom: var(--t-space-4); }
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) 24rem; gap: var(--t-space-5); align-items: start; margin-top: var(--t-space-3); }
  .side { position: sticky; top: calc(var(--t-bar, 4rem) + var(--t-space-4)); }
  t-map { height: 12rem; }
  .total { font-size: var(--t-text-l); padding-top: var(--t-space-2); border-top: 1px solid var(--t-line); }
  .notice { display: grid; gap: var(--t-space-1); padding: var(--t-space-3) var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-saffron-soft); color: var(--t-saffron); }
  .notice p, .notice li { color: var(--t-ink); }
  .wrong { color: var(--t-chilli); }
  .why { color: var(--t-saffron); }
  @media (max-width: 56rem) {
    .columns { grid-template-columns: minmax(0, 1fr); }
    .side { position: static; }
  }
`
