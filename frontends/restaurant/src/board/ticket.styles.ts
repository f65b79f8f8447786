import { css } from 'lit'

export const styles = css`
  :host { display: block; min-width: 0; }
  article { display: grid; gap: var(--t-space-3); padding: var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-surface); box-shadow: var(--t-shadow-1); border-top: 4px solid var(--t-line-strong); }
  .warning { border-top-color: light-dark(#d97706, #ffb778); }
  .danger { border-top-color: var(--t-chilli); box-shadow: 0 0 0 2px var(--t-chilli), var(--t-shadow-2); }
  .positive { border-top-color: var(--t-leaf); }
  .fresh { animation: arrive 700ms var(--t-ease) 2; }
  @keyframes arrive { 50% { box-shadow: 0 0 0 6px var(--t-brand); } }
  @media (prefers-reduced-motion: reduce) { .fresh { animation: none; } }
  header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--t-space-1) var(--t-space-2); }
  h3 { font-size: var(--t-text-l); font-weight: var(--t-black); letter-spacing: 0.02em; }
  progress { appearance: none; display: block; width: 100%; height: 6px; border: 0; border-radius: 3px; overflow: hidden; background: var(--t-sunken); }
  progress::-webkit-progress-bar { background: var(--t-sunken); }
  progress::-webkit-progress-value { background: var(--t-line-strong); }
  progress::-moz-progress-bar { background: var(--t-line-strong); }
  .warning progress::-webkit-progress-value { background: light-dark(#d97706, #ffb778); }
  .warning progress::-moz-progress-bar { background: light-dark(#d97706, #ffb778); }
  .danger progress::-webkit-progress-value { background: var(--t-chilli); }
  .danger progress::-moz-progress-bar { background: var(--t-chilli); }
  ul { display: grid; }
  li { display: grid; grid-template-columns: 2.25rem minmax(0, 1fr) auto; align-items: start; padding-block: var(--t-space-2); border-bottom: 1px solid var(--t-line); }
  li:last-child { border-bottom: 0; }
  .quantity { font-weight: var(--t-black); font-variant-numeric: tabular-nums; }
  .many { color: var(--t-chilli); }
  .dish { font-weight: var(--t-medium); }
  .note { width: fit-content; margin-top: var(--t-space-1); padding: 0.1em 0.6em; border-radius: var(--t-radius-s); background: var(--t-saffron-soft); color: var(--t-saffron); font-weight: var(--t-medium); font-size: var(--t-text-s); }
  li t-button { margin: -0.35rem -0.35rem -0.35rem 0; color: var(--t-ink-2); }
  .times { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 var(--t-space-3); font-variant-numeric: tabular-nums; }
  .actions { display: grid; gap: var(--t-space-2); }
  .side { display: flex; flex-wrap: wrap; gap: var(--t-space-2); }
  .side > * { flex: 1 1 auto; }
  .wrong { padding: var(--t-space-2) var(--t-space-3); border-radius: var(--t-radius-s); background: var(--t-chilli-soft); color: var(--t-ink); font-size: var(--t-text-s); }
`
