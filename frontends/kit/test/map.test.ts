import { describe, expect, test } from 'vitest'
import { cityIn, fromPlane, toPlane, wayBetween } from '../src/map/city.ts'
import { fit, onPlane, onScreen, seen, shows } from '../src/map/frame.ts'

describe('the city', () => {
  const box = { left: 0, right: 2000, top: 0, bottom: 2000 }
  test('is the same for everybody', () => expect(cityIn(box)).toEqual(cityIn(box)))
  test('has streets and avenues anywhere', () => {
    for (const x of [-8_000_000, 0, 12_345_678]) {
      const { streets, avenues } = cityIn({ left: x, right: x + 900, top: x, bottom: x + 900 })
      expect([streets.length > 100, avenues.length > 100]).toEqual([true, true])
    }
  })
  test('draws no NaN', () => expect(Object.values(cityIn(box)).join('')).not.toMatch(/NaN|Infinity/))
  test('a way begins and ends where it should', () => {
    const [from, to] = [{ x: 10, y: 20 }, { x: 900, y: -300 }]
    const way = wayBetween(from, to)
    expect([way[0], way.at(-1)]).toEqual([from, to])
  })
})

describe('the frame', () => {
  const points = [toPlane(52.52, 13.4), toPlane(52.51, 13.42), toPlane(52.505, 13.39)]
  test.each([[800, 300], [320, 500], [60, 60]])('shows all points in %d × %d', (width, height) => {
    const frame = fit(points, width, height)
    for (const { x, y } of points.map((point) => onScreen(frame, point))) {
      expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true)
    }
  })
  test('does not go closer than a few streets', () => {
    const { left, right } = seen(fit([points[0]!], 400, 400))
    expect(right - left).toBeCloseTo(700)
  })
  test('leads from the picture back to the coordinate', () => {
    const frame = fit(points, 800, 300)
    const { latitude, longitude } = fromPlane(onPlane(frame, onScreen(frame, toPlane(52.513, 13.398))))
    expect([latitude, longitude]).toEqual([expect.closeTo(52.513, 6), expect.closeTo(13.398, 6)])
  })
  test('knows what is in the picture, with room for a pin', () => {
    const frame = fit(points, 400, 400)
    expect(points.every((point) => shows(frame, point))).toBe(true)
    expect(shows(frame, toPlane(52.6, 13.4))).toBe(false)
    expect(shows(frame, onPlane(frame, { x: 10, y: 200 }))).toBe(false)
  })
  test('north is up', () => {
    const frame = fit(points, 400, 400)
    expect(onScreen(frame, points[0]!).y).toBeLessThan(onScreen(frame, points[2]!).y)
  })
})
