import { css } from 'lit'

export const barStyles = css`
  /* On a layer of its own: a filter on the host would tie the phone's foot to the head. */
  :host::before { content: ''; position: absolute; inset: 0; z-index: -1; background: color-mix(in srgb, var(--t-bg) 88%, transparent); backdrop-filter: blur(14px) saturate(1.6); box-shadow: 0 1px 0 var(--t-line); }
  nav:empty { visibility: hidden; }
  header { display: flex; align-items: center; gap: var(--t-space-5); height: var(--t-bar); max-width: calc(var(--t-page) + 2 * var(--t-gutter)); margin: auto; padding-inline: var(--t-gutter); }
  .home { display: inline-flex; text-decoration: none; border-radius: 8px; padding: 4px; margin-left: -4px; }
  nav { display: flex; gap: var(--t-space-1); flex: 1; align-self: stretch; }
  nav a { display: inline-flex; align-items: center; gap: 0.6em; min-height: var(--t-target); padding: 0 0.9em; text-decoration: none; font-weight: var(--t-medium); color: var(--t-ink-2); transition: background var(--t-fast), color var(--t-fast); }
  nav a:hover { color: var(--t-ink); box-shadow: inset 0 -3px 0 var(--t-line); }
  nav a[aria-current] { color: var(--t-ink); font-weight: var(--t-bold); box-shadow: inset 0 -3px 0 var(--t-brand); }
  .glyph { position: relative; display: inline-flex; }
  .count { position: absolute; left: 60%; bottom: 45%; min-width: 1.5em; padding: 0.15em 0.35em 0.05em; border-radius: 1em; background: var(--t-brand); color: var(--t-on-brand); font-size: 0.6875rem; font-weight: var(--t-black); line-height: 1.3; text-align: center; }
  .person { display: inline-flex; align-items: center; gap: 0.6em; min-height: var(--t-target); padding: 0.2rem 1rem 0.2rem 0.3rem; margin-left: auto; border: 0; border-radius: var(--t-radius-pill); background: var(--t-surface); box-shadow: var(--t-shadow-1); font-weight: var(--t-bold); font-size: var(--t-text-s); cursor: pointer; white-space: nowrap; }
  .person > t-icon { margin-left: 0.6rem; }
  .person:hover { background: var(--t-sunken); }
  .person:focus-visible { border-radius: var(--t-radius-pill); }
  .name { overflow: hidden; text-overflow: ellipsis; max-width: 12rem; }

  @media (max-width: 48rem) {
    .name:not(.always) { display: none; }
    .person { padding-right: 0.3rem; background: none; box-shadow: none; }
    .person:has(.always) { padding-right: 1rem; background: var(--t-surface); box-shadow: var(--t-shadow-1); }
    nav {
      position: fixed; inset: auto 0 0; justify-content: space-around; gap: 0; height: var(--t-tabbar); padding-bottom: env(safe-area-inset-bottom);
      background: var(--t-surface); box-shadow: 0 -1px 0 var(--t-line);
    }
    nav a, nav a[aria-current] { flex: 1; flex-direction: column; justify-content: center; gap: 0.1rem; padding: 0.25rem 0 0; font-size: 0.75rem; line-height: 1.2; border-radius: 0; }
    nav a[aria-current] { box-shadow: inset 0 3px 0 var(--t-brand); }
    nav a:hover { box-shadow: none; }
    nav a[aria-current]:hover { box-shadow: inset 0 3px 0 var(--t-brand); }
    nav .glyph { font-size: 1.1875rem; }
  }
`
