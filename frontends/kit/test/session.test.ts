import { beforeEach, describe, expect, test } from 'vitest'
import { personaChanged, Session, signInNeeded, type Persona } from '../src/session/session.ts'

const asha: Persona = { persona_id: 'asha', name: 'Asha Rao', roles: ['customer'] }

// The identity service, as far as the contract describes it.
function identity(tokens: (string | number)[]) {
  const asked: string[] = []
  const doFetch = (async (url: string) => {
    asked.push(url)
    if (url === '/auth/personas') return Response.json({ personas: [asha] })
    const token = tokens.shift()
    return typeof token === 'number' ? Response.json({ status: token, code: 'NO' }, { status: token }) : Response.json({ access_token: token })
  }) as typeof fetch
  return { asked, doFetch }
}

beforeEach(() => localStorage.clear())

describe('a session', () => {
  test('lists the people, whether or not the list is wrapped', async () => {
    expect(await new Session(localStorage, identity([]).doFetch).personas()).toEqual([asha])
    expect(await new Session(localStorage, (async () => Response.json([asha])) as typeof fetch).personas()).toEqual([asha])
  })

  test('has no token without a person', async () => {
    expect(await new Session(localStorage, identity([]).doFetch).token()).toBeUndefined()
  })

  test('fetches a token once, also when it is needed twice at once', async () => {
    const { asked, doFetch } = identity(['t1'])
    const session = new Session(localStorage, doFetch)
    session.choose(asha)
    expect(await Promise.all([session.token(), session.token()])).toEqual(['t1', 't1'])
    expect(asked).toEqual(['/auth/personas/asha:token'])
  })

  test('is remembered, and says when it changes', () => {
    let changes = 0
    const session = new Session(localStorage)
    session.addEventListener(personaChanged, () => changes++)
    session.choose(asha)
    expect(new Session(localStorage).persona).toEqual(asha)
    expect(session.has('customer')).toBe(true)
    session.leave()
    expect(new Session(localStorage).persona).toBeUndefined()
    expect(changes).toBe(2)
  })

  test.each(['{', '{"persona_id":1}', 'null', '[]'])('ignores what it can’t read: %s', (text) => {
    localStorage.setItem('tiffin.persona', text)
    expect(new Session(localStorage).persona).toBeUndefined()
  })

  test('renews once for all who were refused the same token', async () => {
    const { asked, doFetch } = identity(['old', 'new'])
    const session = new Session(localStorage, doFetch)
    session.choose(asha)
    await session.token()
    expect(await Promise.all([session.renew('old'), session.renew('old')])).toEqual(['new', 'new'])
    expect(asked).toHaveLength(2)
  })

  test('asks for a person when a new token is no better', async () => {
    const session = new Session(localStorage, identity(['old', 'old']).doFetch)
    let asks = 0
    session.addEventListener(signInNeeded, () => asks++)
    session.choose(asha)
    await session.token()
    expect(await session.renew('old')).toBeUndefined()
    expect(asks).toBe(1)
  })

  test('lets go of somebody who is no longer there', async () => {
    const session = new Session(localStorage, identity([404]).doFetch)
    session.choose(asha)
    expect(await session.token()).toBeUndefined()
    expect(session.persona).toBeUndefined()
  })

  test('a failure to get a token is not remembered', async () => {
    const session = new Session(localStorage, identity([503, 't1']).doFetch)
    session.choose(asha)
    await expect(session.token()).rejects.toMatchObject({ status: 503 })
    expect(await session.token()).toBe('t1')
  })
})
