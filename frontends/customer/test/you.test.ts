import { expect, test } from 'vitest'
import { Problem } from '@tiffin/kit/client'
import { isAt, placeOf } from '../src/shared/address.ts'
import { saidOf } from '../src/shared/field.ts'

const home = { address_id: 'A', label: 'Home', line: '12 Lake Road', latitude: 52.5, longitude: 13.4 }

test('an address is where its line and its point are, whatever it is called', () => {
  expect(isAt(home, placeOf(home))).toBe(true)
  expect(isAt({ ...home, label: 'Work' }, placeOf(home))).toBe(true)
  expect(isAt(home, { ...placeOf(home), line: '13 Lake Road' })).toBe(false)
  expect(isAt(home, { ...placeOf(home), longitude: 13.41 })).toBe(false)
})

test('a place on a zero meridian is a place, though JSON leaves zeros out', () => {
  expect(placeOf({ line: 'Greenwich', latitude: 51.48 })).toEqual({ line: 'Greenwich', latitude: 51.48, longitude: 0 })
  expect(isAt({ line: 'Greenwich', latitude: 51.48 }, { line: 'Greenwich', latitude: 51.48, longitude: 0 })).toBe(true)
})

test('what the server says of a field is a sentence at that field, of what is inside it too', () => {
  const problem = new Problem({ status: 400, violations: [{ field: 'location.latitude', description: 'must be at most 90' }, { field: 'line', description: 'Too long!' }] })
  expect(saidOf(problem, 'location')).toBe('Must be at most 90.')
  expect(saidOf(problem, 'line')).toBe('Too long!')
  expect(saidOf(problem, 'label')).toBeUndefined()
  expect(saidOf(undefined, 'line')).toBeUndefined()
})
