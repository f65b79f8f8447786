import { css } from 'lit'

/** One thing at a time: the map, what it is about, and at the foot, under the thumb, what there is to do. */
export const desk = css`
  .desk { display: flex; flex-direction: column; gap: var(--t-space-4); flex: 1; }
  .panel { display: flex; flex-direction: column; gap: var(--t-space-3); flex: 1; }
  t-map { height: clamp(11rem, 34dvh, 22rem); flex: none; }
  .facts { display: flex; flex-wrap: wrap; gap: var(--t-space-2) var(--t-space-5); }
  .facts dt { font-size: var(--t-text-xs); color: var(--t-ink-2); }
  .facts dd { font-size: var(--t-text-l); font-weight: var(--t-bold); font-variant-numeric: tabular-nums; }
  .foot {
    position: sticky; bottom: var(--t-tabbar, 0px); z-index: var(--t-layer-sticky); display: grid; gap: var(--t-space-2); margin: auto calc(-1 * var(--t-gutter)) 0; padding: var(--t-space-3) var(--t-gutter);
    background: color-mix(in srgb, var(--t-bg) 92%, transparent); backdrop-filter: blur(12px); box-shadow: 0 -1px 0 var(--t-line);
  }
  .foot t-button::part(press) { min-height: 3.5rem; }
  .foot t-button.main::part(press) { min-height: 4.25rem; font-size: 1.375rem; }
  .two { display: grid; grid-template-columns: 1fr 2fr; gap: var(--t-space-2); align-items: end; }
  .two t-button::part(press) { min-height: 4.25rem; }
  @media (min-width: 56rem) {
    .desk { display: grid; grid-template-columns: minmax(0, 1fr) 25rem; gap: var(--t-space-6); align-items: start; flex: none; }
    t-map { height: 30rem; }
    .panel { min-height: 30rem; }
    .foot { position: static; margin: auto 0 0; padding: 0; background: none; backdrop-filter: none; box-shadow: none; }
    .alone { grid-template-columns: minmax(0, 34rem); justify-content: center; }
    .alone .panel { min-height: 0; }
  }
`
