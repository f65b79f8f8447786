import { html } from 'lit'
import { Problem } from '../src/index.ts'

const down = new Problem({ status: 503, code: 'UNAVAILABLE', detail: 'The kitchen’s line is busy. Please try again in a moment.', trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' })
const refused = new Problem({ status: 409, code: 'TOTAL_CHANGED', detail: 'Two prices changed since you filled your basket.', violations: [{ field: 'expected_total', description: 'The total is now €24.80.' }] })

/** Loading, empty, stale and broken. */
export const states = (_scheme: string) => html`
  <section><h2>Loading</h2>
    <t-card><div class="row"><t-skeleton class="face" shape="round"></t-skeleton></div><t-skeleton shape="title"></t-skeleton><t-skeleton lines="3"></t-skeleton><t-skeleton shape="block" class="block"></t-skeleton></t-card>
  </section>
  <section><h2>Stale and broken</h2>
    <t-stale retry .since=${'2026-01-01T12:03:00Z'}></t-stale>
    <t-problem inline retry level="3" .problem=${refused}></t-problem>
    <t-card><t-problem retry level="3" .problem=${down}></t-problem></t-card>
  </section>
  <section><h2>Nothing here</h2>
    <t-card><t-empty level="3" heading="No orders yet"><span>What you order shows up here, the moment it is placed.</span><t-button slot="actions" variant="primary">Find something good</t-button></t-empty></t-card>
  </section>`
