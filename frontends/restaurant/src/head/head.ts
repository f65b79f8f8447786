import { asProblem, base, layout, Listen, toast } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { sound, type SoundState } from '../board/sound.ts'
import { store } from '../board/store.ts'
import { api } from '../shared/api.ts'
import { ticking } from '../shared/clock.ts'
import { small } from '../shared/screen.ts'
import { opennessWords } from '../shared/words.ts'
import './pause-dialog.ts'

const soundWords: Record<SoundState, { text: string; icon: string; note: string }> = {
  on: { text: 'Sound on', icon: 'bell-ring', note: 'You hear new tickets.' },
  off: { text: 'Sound off', icon: 'bell-off', note: 'You don’t hear new tickets.' },
  blocked: { text: 'Sound is blocked: press here', icon: 'bell-off', note: 'The browser plays nothing before you press something on this page.' },
  none: { text: 'No sound in this browser', icon: 'bell-off', note: '' },
}

/** The head of every page: its heading, whether orders come in and the switch for that, and whether one hears them. */
@customElement('restaurant-head')
export class RestaurantHead extends LitElement {
  @property() heading = ''
  @state() private pausing = false
  @state() private busy = false

  static override styles = [base, layout, css`
    :host { display: block; margin-bottom: var(--t-space-4); }
    .head { flex-wrap: nowrap; align-items: start; }
    .buttons { justify-content: end; }
    .row { --t-gap: var(--t-space-2) var(--t-space-3); }
    .about { display: grid; gap: var(--t-space-1); min-width: 0; }
    t-badge { white-space: normal; }
  `]

  constructor() {
    super()
    new Listen(this, store, 'change')
    new Listen(this, sound, 'change')
    new Listen(this, small, 'change')
    ticking(this)
  }

  override render() {
    const { board } = store
    const { tone, text } = opennessWords(board?.openness, Date.now())
    return html`<div class="row spread head">
      <div class="about"><h1>${this.heading}</h1>
        ${board ? html`<div class="row"><span class="quiet">${board.name}</span><t-badge tone=${tone} icon=${tone === 'warning' ? 'pause' : 'clock'}>${text}</t-badge></div>` : nothing}</div>
      <div class="row buttons">
        ${this.#sound()}
        ${!board ? nothing : board.openness?.paused
          ? html`<t-button variant="primary" ?loading=${this.busy} @click=${this.#open}><t-icon slot="start" name="play"></t-icon>Take orders again</t-button>`
          : html`<t-button ?round=${small.matches} label=${small.matches ? 'Pause' : ''} ?loading=${this.busy} @click=${() => (this.pausing = true)}><t-icon name="pause"></t-icon>${small.matches ? nothing : 'Pause'}</t-button>`}
      </div>
    </div>
    <restaurant-pause ?open=${this.pausing} @t-close=${() => (this.pausing = false)} @pause-chosen=${(event: CustomEvent<{ reason: string }>) => this.#pause(event.detail.reason)}></restaurant-pause>`
  }

  #sound() {
    const { state } = sound
    const { text, icon, note } = soundWords[state]
    if (state === 'none') return html`<t-badge icon=${icon}>${text}</t-badge>`
    const short = small.matches && state !== 'blocked'
    return html`<t-button ?round=${short} label=${short ? text : ''} variant=${state === 'blocked' ? 'danger' : 'secondary'} title=${note} @click=${() => (state === 'on' ? sound.turnOff() : void sound.turnOn())}><t-icon name=${icon}></t-icon>${short ? nothing : text}</t-button>`
  }

  #open() {
    void this.#change(() => api.post('/api/restaurant/v1/restaurants/{restaurant_id}:open', { params: { path: { restaurant_id: store.restaurantId } }, body: {} }))
  }

  #pause(reason: string) {
    this.pausing = false
    void this.#change(() => api.post('/api/restaurant/v1/restaurants/{restaurant_id}:pause', { params: { path: { restaurant_id: store.restaurantId } }, body: { reason } }))
  }

  // What came of it, the board says.
  async #change(command: () => Promise<unknown>) {
    if (this.busy) return
    this.busy = true
    try {
      await command()
    } catch (error) {
      toast(asProblem(error).message, { tone: 'danger' })
    }
    this.busy = false
  }
}
