import { base, layout, Problem, setPage, type Load } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Choice } from '../place/choice.ts'
import '../place/dialog.ts'
import type { Whereabouts } from '../place/whereabouts.ts'
import '../sent/pending.ts'
import type { Courier } from '../shared/api.ts'
import './delivery.ts'
import { phaseOf, type Phase } from './expected.ts'
import './idle.ts'
import './offer.ts'

/** The stream tries again for ever and reports no problem; until its first document there is nothing to be stale. */
const unreachable = new Problem({ code: 'NETWORK', detail: 'We can’t reach Tiffin right now. We keep trying; what you tapped is kept until then.' })

/** What there is to do now, one thing at a time. Fires `choose` with a Choice of how the courier says where they are. */
@customElement('courier-now')
export class CourierNow extends LitElement {
  @property({ attribute: false }) load: Pick<Load<Courier>, 'stale' | 'since' | 'problem' | 'loading'> | undefined
  @property({ attribute: false }) courier: Courier | undefined
  @property({ type: Number }) deadline = 0
  @property({ attribute: false }) where: Whereabouts | undefined
  @state() private asking = false
  #phase: Phase | undefined

  static override styles = [base, layout, css`
    .page { display: flex; flex-direction: column; gap: var(--t-space-4); min-height: calc(100dvh - var(--t-bar, 4rem) - var(--t-tabbar, 0px)); padding-bottom: 0; padding-top: var(--t-space-4); }
    .page > t-stale { margin: 0; }
    .map { height: 34dvh; border-radius: var(--t-radius-l); }
    @media (min-width: 56rem) { .page { min-height: 0; padding-bottom: var(--t-space-7); } }
  `]

  override connectedCallback() {
    super.connectedCallback()
    setPage('Deliver')
    // What is said in passing must not lie on what there is to do.
    document.documentElement.style.setProperty('--t-toast-offset', matchMedia('(min-width: 56rem)').matches ? '0px' : '5.75rem')
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    document.documentElement.style.removeProperty('--t-toast-offset')
  }

  override updated() {
    const before = this.#phase
    this.#phase = this.courier && phaseOf(this.courier)
    if (before && this.#phase && before !== this.#phase) void this.#lookUp()
  }

  override render() {
    const { stale = false, since, problem, loading } = this.load ?? {}
    const { courier } = this
    return html`<div class="page">
      ${stale && courier && navigator.onLine ? html`<t-stale .since=${since}></t-stale>` : nothing}
      ${problem ? html`<t-problem retry ?inline=${courier !== undefined} level=${courier ? 2 : 1} .problem=${problem}></t-problem>` : nothing}
      <courier-pending></courier-pending>
      ${courier ? this.#panel(courier, stale) : problem ? nothing
        : stale ? html`<t-problem retry level="1" .problem=${unreachable}></t-problem>`
        : loading ? html`<div class="stack" aria-busy="true"><span class="visually-hidden">Loading your shift</span><t-skeleton class="map" shape="block"></t-skeleton><t-skeleton shape="title"></t-skeleton><t-skeleton lines="3"></t-skeleton></div>` : nothing}
      <courier-place ?open=${this.asking} .where=${this.where} @t-close=${() => (this.asking = false)} @chosen=${(event: CustomEvent<Choice>) => this.#chosen(event.detail)}></courier-place>
    </div>`
  }

  // What was pressed is gone with its panel: the focus goes on to what there is now, and a screen reader says it.
  async #lookUp() {
    const panel = this.renderRoot.querySelector<LitElement>('courier-idle, courier-offer, courier-delivery')
    await panel?.updateComplete
    const active = this.renderRoot instanceof ShadowRoot ? this.renderRoot.activeElement : null
    const heading = panel?.renderRoot.querySelector<HTMLElement>('h1')
    if (!heading || (active && active !== panel) || (!active && document.activeElement !== document.body)) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }

  #panel(courier: Courier, stale: boolean) {
    const you = this.where?.place
    switch (phaseOf(courier)) {
      case 'off':
      case 'idle':
        return html`<courier-idle .courier=${courier} .where=${this.where} ?stale=${stale} @where=${() => (this.asking = true)}></courier-idle>`
      case 'offer':
        return html`<courier-offer .offer=${courier.offer} .deadline=${this.deadline} .you=${you}></courier-offer>`
      default:
        return html`<courier-delivery .delivery=${courier.delivery} .you=${you} ?stale=${stale}></courier-delivery>`
    }
  }

  #chosen(choice: Choice) {
    this.dispatchEvent(new CustomEvent<Choice>('choose', { detail: choice }))
  }
}
