// Calls people to the board, whichever page they are on: by sound, in the title, on the navigation, and in words.
import { announce, navigate, pageShown, setBadge, toast } from '@tiffin/kit'
import { clock } from '../shared/clock.ts'
import { Alerts, alertWords, type Alert } from './alerts.ts'
import { waiting } from './columns.ts'
import { sound } from './sound.ts'
import { store } from './store.ts'

const boardPath = '/restaurant'

export class Caller {
  readonly #alerts = new Alerts()
  #title = ''
  #badge = -1
  readonly #look = () => this.#update()
  readonly #page = () => {
    this.#title = document.title
    this.#mark(waiting(store.board))
  }

  start(): void {
    this.#title = document.title
    store.addEventListener('change', this.#look)
    clock.addEventListener('tick', this.#look)
    addEventListener(pageShown, this.#page)
    sound.open()
  }

  stop(): void {
    store.removeEventListener('change', this.#look)
    clock.removeEventListener('tick', this.#look)
    removeEventListener(pageShown, this.#page)
    sound.close()
    this.#alerts.forget()
    this.#mark(0)
  }

  #update(): void {
    const { board } = store
    if (!board) this.#alerts.forget()
    else this.#call(this.#alerts.of(board, Date.now()))
    this.#mark(waiting(board))
  }

  #call(alerts: Alert[]): void {
    const kind = (['cancelled', 'urgent', 'new'] as const).find((one) => alerts.some((alert) => alert.kind === one))
    if (!kind) return
    sound.play(kind)
    const words = alerts.map(alertWords).join(' ')
    if (location.pathname === boardPath) announce(words, kind === 'new' ? 'polite' : 'assertive')
    else toast(words, { tone: kind === 'new' ? 'neutral' : 'danger', action: { label: 'Show', run: () => navigate(boardPath) }, duration: 30_000 })
  }

  #mark(count: number): void {
    const title = count ? `(${count}) ${this.#title}` : this.#title
    if (document.title !== title) document.title = title
    if (count === this.#badge) return
    this.#badge = count
    setBadge(boardPath, count)
  }
}
