import { announce, base, layout, Listen, Load, personaChanged, Problem, session, setPage, watch } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { apiRoot, type Customer } from '../shared/api.ts'
import { signedOut, trouble } from '../shared/words.ts'
import { forgetHere } from './forget.ts'
import './addresses.ts'
import './erase.ts'
import './profile.ts'

/** The stream tries again for ever and reports no problem; until its first document there is nothing to be stale. */
const unreachable = new Problem({ code: 'NETWORK', detail: 'We can’t reach Tiffin right now. We keep trying, and show what we know of you as soon as we can.' })

/** Whoever is signed in, live: what they are called, where they live, and the way to be forgotten, followed to its end. */
@customElement('customer-you')
export class CustomerYou extends LitElement {
  /** Somebody was erased here. They are nobody now, so the page has to remember it for them. */
  @state() private erased = false
  readonly #customer = new Load<Customer>(this)
  #end: (() => void) | undefined

  static override styles = [base, layout, css`
    h1 { margin-bottom: var(--t-space-4); }
    .columns { display: grid; grid-template-columns: 22rem minmax(0, 1fr); gap: var(--t-space-5); align-items: start; }
    .leaving { max-width: 40rem; }
    .block { height: 12rem; }
    @media (max-width: 56rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
  `]

  constructor() {
    super()
    new Listen(this, session, personaChanged, () => this.#follow())
  }

  override connectedCallback() {
    super.connectedCallback()
    setPage('You')
    this.#follow()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#end?.()
  }

  #follow() {
    this.#end?.()
    this.#customer.clear()
    if (!session.persona) return
    this.erased = false
    if (!session.has('customer')) return
    const customer = this.#customer
    customer.loading = true
    this.#end = watch<Customer>(`${apiRoot}/customers/${encodeURIComponent(session.persona.persona_id)}:watch`, {
      onDocument: (document) => this.#show(document),
      onStale: (stale) => {
        if (!stale) customer.since = new Date()
        if (stale === customer.stale) return
        customer.stale = stale
        this.requestUpdate()
      },
      onProblem: (problem) => {
        customer.loading = false
        customer.problem = problem
        this.requestUpdate()
      },
    })
  }

  #show(customer: Customer) {
    const before = this.#customer.data?.status
    this.#customer.show(customer, this.#customer.stale)
    if (customer.status === 'LEAVING' && before && before !== 'LEAVING') announce('Your data is being erased.')
    if (customer.status !== 'ERASED') return
    announce('You are erased.')
    forgetHere()
    session.leave()
    this.erased = true
  }

  override render() {
    if (this.erased) return html`<div class="page">${farewell}</div>`
    if (!session.has('customer')) return html`<div class="page"><h1>You</h1>${signedOut('Who are you?', 'Say who you are to see what we know of you.')}</div>`
    const { data, problem, stale, loading, since } = this.#customer
    return html`<div class="page"><h1>You</h1>
      ${stale && data ? html`<t-stale .since=${since}></t-stale>` : nothing}
      ${problem ? trouble(problem, data !== undefined, 'We don’t know you yet', () => this.#follow()) : nothing}
      ${data ? this.#page(data) : stale ? trouble(unreachable, false, '', () => this.#follow()) : loading ? html`<div class="columns" aria-busy="true"><t-skeleton class="block" shape="block"></t-skeleton><t-skeleton class="block" shape="block"></t-skeleton></div>` : nothing}
    </div>`
  }

  #page(customer: Customer) {
    if (customer.status === 'LEAVING') return leaving
    return html`<div class="columns">
      <customer-profile .customer=${customer}></customer-profile>
      <div class="stack">
        <customer-addresses .customer=${customer}></customer-addresses>
        <customer-erase .customerId=${customer.customer_id ?? ''} @leaving=${forgetHere}></customer-erase>
      </div>
    </div>`
  }
}

const leaving = html`<t-card class="leaving"><h2>You are leaving</h2>
  <p>Open orders are ended first. Then the key to your data is destroyed, and once nobody can remember it, we say so here.</p>
  <p class="quiet">That takes moments, or longer while food is on its way to you. It goes on without you: this page may be closed.</p>
  <p><a href="/orders">See your orders</a></p>
</t-card>`

const farewell = html`<t-empty heading="You are erased" level="1" dish="takeout-box">
  <span>Nothing here says who you were any more, and this browser is signed out. Thank you for eating with us.</span>
  <t-button slot="actions" href="/">Look around as a stranger</t-button>
</t-empty>`

declare global {
  interface HTMLElementTagNameMap { 'customer-you': CustomerYou }
}
