import { css } from 'lit'

export const styles = css`
  .back { margin-bottom: var(--t-space-3); }
  .hero { display: grid; grid-template-columns: minmax(9rem, 18rem) 1fr; gap: var(--t-space-5); align-items: center; }
  .hero t-dish { --t-dish-ratio: 4 / 3; }
  .hero .stack { --t-gap: var(--t-space-2); }
  .notice { display: flex; gap: var(--t-space-3); align-items: center; margin-top: var(--t-space-4); padding: var(--t-space-3) var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-saffron-soft); color: var(--t-saffron); }
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) 22rem; gap: var(--t-space-6); align-items: start; margin-top: var(--t-space-5); }
  aside { position: sticky; top: calc(var(--t-bar, 4rem) + var(--t-space-4)); }
  .jump { position: sticky; top: var(--t-bar, 0px); z-index: 2; padding-block: var(--t-space-2); background: var(--t-bg); }
  section { margin-top: var(--t-space-5); scroll-margin-top: 8rem; }
  section ul { display: grid; gap: var(--t-space-3); margin-top: var(--t-space-3); }
  .item { position: relative; display: grid; grid-template-columns: 6rem minmax(0, 1fr) auto; gap: var(--t-space-4); align-items: center; padding: var(--t-space-3); border-radius: var(--t-radius-m); background: var(--t-surface); box-shadow: var(--t-shadow-1); }
  .item:focus-within { outline: 3px solid var(--t-focus); outline-offset: 2px; }
  .about { display: grid; gap: var(--t-space-1); min-width: 0; }
  .marks { --t-gap: var(--t-space-2); }
  .pick { padding: 0; border: 0; background: none; text-align: start; cursor: pointer; }
  .pick:focus-visible { outline: none; }
  .pick::after { content: ''; position: absolute; inset: 0; }
  .plus { display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%; background: var(--t-brand); color: var(--t-on-brand); }
  .out t-dish { filter: saturate(0.2); }
  .out h3 { color: var(--t-ink-2); }
  .bar { display: none; }
  .block { height: 12rem; }
  @media (max-width: 56rem) {
    .columns { grid-template-columns: minmax(0, 1fr); }
    aside { display: none; }
    .bar { display: block; position: sticky; bottom: calc(var(--t-tabbar, 0px) + var(--t-space-3)); margin-top: var(--t-space-5); z-index: 3; }
  }
  @media (max-width: 40rem) {
    .hero { grid-template-columns: 1fr; }
    .hero t-dish { --t-dish-ratio: 16 / 8; }
    .item { grid-template-columns: 4.5rem minmax(0, 1fr) auto; gap: var(--t-space-3); }
  }
`
