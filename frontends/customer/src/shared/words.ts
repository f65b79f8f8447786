// What pages say alike.
import { formatDay, formatTime, session, type Problem } from '@tiffin/kit'
import { html, type TemplateResult } from 'lit'
import type { RestaurantSummary } from './api.ts'

/** "indian" → "Indian", "middle_eastern" → "Middle eastern" */
export const cuisineName = (cuisine: string): string => (cuisine.charAt(0).toLocaleUpperCase() + cuisine.slice(1)).replaceAll(/[_-]/g, ' ')

/** Whether a restaurant takes orders, and until or from when. */
export function openness(summary: RestaurantSummary): { open: boolean; short: string; long: string } {
  if (summary.open_now) {
    const until = summary.closes_at ? `Open until ${formatTime(summary.closes_at)}` : 'Open'
    return { open: true, short: until, long: until }
  }
  if (summary.opens_at) {
    const day = formatDay(summary.opens_at)
    const when = day === formatDay(new Date()) ? formatTime(summary.opens_at) : `${day}, ${formatTime(summary.opens_at)}`
    return { open: false, short: `Opens ${when}`, long: `Closed right now. Opens ${when}.` }
  }
  const reason = summary.pause_reason ? `: ${summary.pause_reason}` : ''
  return { open: false, short: 'Not taking orders', long: `Not taking orders at the moment${reason}` }
}

const allergens: Record<string, string> = { SULPHITES: 'sulphites', NUTS: 'tree nuts' }

/** "ALLERGEN_MILK" → "milk" */
export const allergenName = (allergen: string): string => {
  const name = allergen.replace(/^ALLERGEN_/, '')
  return allergens[name] ?? name.toLowerCase().replaceAll('_', ' ')
}

/** What went wrong on a page that has no heading of its own: what isn't there can't be tried again. */
export const trouble = (problem: Problem, inline: boolean, missing: string, retry: () => void): TemplateResult =>
  problem.status === 404 && !inline
    ? html`<t-empty level="1" heading=${missing}><span>The link may have a typo, or it is for somebody else.</span><t-button slot="actions" variant="primary" href="/">Find a restaurant</t-button></t-empty>`
    : html`<t-problem retry ?inline=${inline} level=${inline ? 2 : 1} .problem=${problem} @t-retry=${retry}></t-problem>`

/** What a page shows to somebody who has not said who they are, or who does not order. */
export const signedOut = (heading: string, text: string, level = 2): TemplateResult => html`<t-empty heading=${heading} level=${level} dish="bento-box">
  <span>${session.persona ? `${session.persona.name} doesn’t order food. Choose somebody who does.` : text}</span>
  <t-button slot="actions" variant="primary" @click=${() => session.ask()}><t-icon slot="start" name="user"></t-icon>Choose who you are</t-button>
</t-empty>`
