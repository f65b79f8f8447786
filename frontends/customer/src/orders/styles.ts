import { css } from 'lit'

export const styles = css`
  .back { margin-bottom: var(--t-space-4); }
  .head { display: flex; align-items: center; gap: var(--t-space-5); }
  t-stack { width: 5rem; flex: none; }
  .what { flex: 1; min-width: 0; }
  .arrival { flex: none; max-width: 20rem; padding: var(--t-space-3) var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-surface); box-shadow: var(--t-shadow-1); }
  .arrival.late { background: var(--t-saffron-soft); color: var(--t-saffron); }
  .arrival.late .quiet { color: inherit; }
  .span { font-size: var(--t-text-xl); font-weight: var(--t-black); line-height: 1.2; font-variant-numeric: tabular-nums; }
  .stack:not(.over) .way { order: -1; } /* where it is comes first, while it is anywhere */
  .way { display: grid; gap: var(--t-space-2); }
  .courier, .paid p:first-child { display: flex; align-items: baseline; gap: var(--t-space-2); }
  .courier t-icon, .paid t-icon { flex: none; translate: 0 0.125em; }
  .paid { display: grid; gap: var(--t-space-1); padding: var(--t-space-3) var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-sunken); }
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) 24rem; gap: var(--t-space-5); align-items: start; margin-top: var(--t-space-5); }
  t-map { height: 18rem; --t-map-glide: 2s; }
  ul { display: grid; gap: var(--t-space-3); }
  li { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: var(--t-space-3); }
  .total { padding-top: var(--t-space-2); border-top: 1px solid var(--t-line); font-size: var(--t-text-l); }
  .cancel { margin-top: var(--t-space-3); }
  .block { height: 14rem; }
  @media (max-width: 56rem) {
    .columns { grid-template-columns: minmax(0, 1fr); }
    t-map { height: 13rem; }
    .head { flex-wrap: wrap; }
    .arrival { flex: 1 1 100%; max-width: none; }
  }
`
