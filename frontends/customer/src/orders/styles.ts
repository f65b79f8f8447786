import { css } from 'lit'

export const styles = css`
  .back { margin-bottom: var(--t-space-3); }
  .head { display: flex; align-items: center; gap: var(--t-space-5); }
  t-stack { width: 5rem; flex: none; }
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) 24rem; gap: var(--t-space-5); align-items: start; margin-top: var(--t-space-5); }
  t-map { height: 18rem; }
  ul { display: grid; gap: var(--t-space-3); }
  li { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: var(--t-space-3); }
  .total { padding-top: var(--t-space-2); border-top: 1px solid var(--t-line); font-size: var(--t-text-l); }
  .cancel { margin-top: var(--t-space-3); }
  .block { height: 14rem; }
  @media (max-width: 56rem) {
    .columns { grid-template-columns: minmax(0, 1fr); }
    t-map { height: 13rem; }
  }
`
