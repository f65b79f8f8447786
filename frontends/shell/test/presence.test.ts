import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepPlace } from '../src/presence.ts'
import { Session, type Persona } from '../../kit/src/session/session.ts'

const asha: Persona = { persona_id: 'asha', name: 'Asha Rao', roles: ['customer'] }
const chef: Persona = { persona_id: 'chef', name: 'Chef', roles: ['restaurant'] }

let told: string[]
let page: EventTarget
let session: Session
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  told = []
  vi.stubGlobal('fetch', (url: string) => {
    told.push(url.replace('/auth/personas/', ''))
    return Promise.resolve(Response.json({}))
  })
  page = new EventTarget()
  session = new Session(localStorage)
  stop = keepPlace(session, page)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const said = () => told.splice(0)

test('nobody takes no place', () => {
  vi.advanceTimersByTime(100_000)
  expect(said()).toEqual([])
})

test('who signs in takes the place, keeps it and gives it back', () => {
  session.choose(asha)
  expect(said()).toEqual(['asha:here'])
  vi.advanceTimersByTime(60_000)
  expect(said()).toEqual(['asha:here', 'asha:here'])
  session.choose(chef)
  expect(said()).toEqual(['asha:away', 'chef:here'])
  session.leave()
  expect(said()).toEqual(['chef:away'])
  vi.advanceTimersByTime(60_000)
  expect(said()).toEqual([])
})

test('a page that is left gives it back, and takes it again when it is come back to', () => {
  session.choose(asha)
  said()
  page.dispatchEvent(new Event('pagehide'))
  expect(said()).toEqual(['asha:away'])
  vi.advanceTimersByTime(60_000)
  expect(said()).toEqual([])
  page.dispatchEvent(new Event('pageshow'))
  expect(said()).toEqual(['asha:here'])
})

test('a house that does not answer is no problem of the page', () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  expect(() => session.choose(asha)).not.toThrow()
})
