// The card that an order is paid with. Its number goes from this browser straight to the card processor, which gives a token
// for it; the token is all that Tiffin gets, and the number is kept nowhere.
import { personaChanged, Problem, session } from '@tiffin/kit/client'
import { browserSession, save } from '../shared/place.ts'

/** Where cards are taken, as the deployment tells its pages. */
export interface Processor {
  url: string
  /** Cards to choose from, where real ones aren't taken. */
  test_cards?: TestCard[]
}

export interface TestCard {
  number: string
  says: string
}

/** A card by its token. */
export interface Card {
  token: string
  label: string
}

const key = 'tiffin.card'
const patience = 15_000

/** Fires `change` when another card is to pay. It lasts as long as the tab, so that a repeated order is the same order. */
export class CardStore extends EventTarget {
  #card: Card | undefined
  readonly #storage: Storage | undefined

  constructor(storage: Storage | undefined = browserSession()) {
    super()
    this.#storage = storage
    this.#card = read(storage)
  }

  /** The card that was given; undefined: the one that the processor keeps for the customer. */
  get value(): Card | undefined {
    return this.#card
  }

  set(card: Card | undefined): void {
    if (card) save(this.#storage, key, JSON.stringify(card))
    else this.#storage?.removeItem(key)
    this.#card = card
    this.dispatchEvent(new Event('change'))
  }
}

function read(storage: Storage | undefined): Card | undefined {
  try {
    const value = JSON.parse(storage?.getItem(key) ?? 'null') as Card | null
    return value && typeof value.token === 'string' && typeof value.label === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

export const card = new CardStore()
session.addEventListener(personaChanged, () => card.set(undefined)) // it was somebody else's

/** Has the processor give a token for a card. Rejects with a Problem that says what to do. */
export async function tokenFor(processor: Processor, number: string, doFetch: typeof fetch = (...args) => globalThis.fetch(...args)): Promise<string> {
  let response: Response
  try {
    response = await doFetch(`${processor.url}/v1/tokens`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ card_number: number }),
      credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal: AbortSignal.timeout(patience),
    })
  } catch (error) {
    throw new Problem({ code: 'PROCESSOR_AWAY', detail: 'The card processor can’t be reached at the moment. Please try again.' }, { cause: error })
  }
  const answer = (await response.json().catch(() => ({}))) as { token?: unknown }
  if (response.ok && typeof answer.token === 'string' && answer.token) return answer.token
  if (response.status === 422) throw new Problem({ status: 422, code: 'CARD_NOT_TAKEN', detail: processor.test_cards ? 'Only test cards are taken here. Never type a real one.' : 'The card processor doesn’t take this card.' })
  throw new Problem({ status: response.status, code: 'PROCESSOR_TROUBLE', detail: 'The card processor has trouble at the moment. Please try again.' })
}

/** What a card is called once its number is forgotten. */
export function cardLabel(number: string, test: TestCard | undefined): string {
  return test ? `Test card: ${test.says.charAt(0).toLocaleLowerCase()}${test.says.slice(1)}` : `Card ending in ${digits(number).slice(-4)}`
}

export const digits = (number: string): string => number.replaceAll(/\D/g, '')

/** Whether a number can be a card's; which it is, only the processor knows. */
export const looksLikeCard = (number: string): boolean => /^\d{12,19}$/.test(number.replaceAll(/[\s-]/g, ''))
