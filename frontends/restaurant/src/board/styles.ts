import { css } from 'lit'

export const styles = css`
  .page { max-width: none; }
  .columns { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: var(--t-space-4); align-items: start; }
  section { min-width: 0; padding: var(--t-space-3); border-radius: var(--t-radius-l); background: var(--t-sunken); min-height: 12rem; }
  h2 { display: flex; align-items: center; gap: var(--t-space-2); padding: var(--t-space-1) var(--t-space-1) var(--t-space-3); font-size: var(--t-text-l); }
  .count { min-width: 1.75em; padding: 0.2em 0.5em 0.1em; border-radius: 1em; background: var(--t-line); font-size: var(--t-text-s); line-height: 1.3; text-align: center; font-variant-numeric: tabular-nums; letter-spacing: 0; }
  .calls { background: var(--t-brand); color: var(--t-on-brand); }
  .tickets { display: grid; gap: var(--t-space-3); }
  .empty { padding: var(--t-space-1); }
  .block { height: 16rem; border-radius: var(--t-radius-m); }
  restaurant-tabs { display: block; position: sticky; top: calc(var(--t-bar, 0px) + var(--t-space-2)); z-index: 2; margin-bottom: var(--t-space-3); }
  .one { padding: 0; background: none; }
`
