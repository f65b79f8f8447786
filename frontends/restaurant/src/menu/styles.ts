import { css } from 'lit'

export const styles = css`
  .tools { display: flex; gap: var(--t-space-3); align-items: center; margin-bottom: var(--t-space-2); }
  .tools t-search { flex: 1; min-width: 0; }
  section { margin-top: var(--t-space-5); }
  ul { display: grid; gap: var(--t-space-2); margin-top: var(--t-space-2); }
  li { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr) auto auto; gap: var(--t-space-4); align-items: center; padding: var(--t-space-3); border-radius: var(--t-radius-m); background: var(--t-surface); box-shadow: var(--t-shadow-1); }
  .about { display: grid; gap: var(--t-space-1); min-width: 0; }
  .about .row { --t-gap: var(--t-space-2); }
  .buttons { --t-gap: var(--t-space-2); flex-wrap: nowrap; }
  .out t-dish { filter: saturate(0.2); }
  .out h3 { color: var(--t-ink-2); }
  @media (max-width: 48rem) {
    li { grid-template-columns: 3.5rem minmax(0, 1fr) auto; gap: var(--t-space-2) var(--t-space-3); align-items: start; }
    .buttons { grid-column: 2 / -1; }
    .tools { flex-wrap: wrap; }
    .tools t-search { flex-basis: 100%; }
  }
`
