import type { Box, Point } from './city.ts'

/** How the plane is laid on a picture: screen = (point − centre) × scale, y turned round. */
export interface Frame {
  centre: Point
  scale: number
  width: number
  height: number
}

/** The closest look at all points that leaves them a margin, and never closer than a few streets. */
export function fit(points: readonly Point[], width: number, height: number, { margin = 56, closest = 700 } = {}): Frame {
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const [left, right] = points.length ? [Math.min(...xs), Math.max(...xs)] : [0, 0]
  const [bottom, top] = points.length ? [Math.min(...ys), Math.max(...ys)] : [0, 0]
  const room = (side: number) => Math.max(side - 2 * margin, side * 0.3, 1)
  const scale = Math.min(room(width) / Math.max(right - left, 1), room(height) / Math.max(top - bottom, 1), Math.min(width, height) / closest)
  return { centre: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, width, height }
}

export const onScreen = (frame: Frame, point: Point): Point => ({
  x: frame.width / 2 + (point.x - frame.centre.x) * frame.scale,
  y: frame.height / 2 - (point.y - frame.centre.y) * frame.scale,
})

/** Whether a point is in the picture, with room for its pin. */
export function shows(frame: Frame, point: Point, room = 28): boolean {
  const { x, y } = onScreen(frame, point)
  return x >= room && x <= frame.width - room && y >= room && y <= frame.height - room
}

/** The point of the plane under a point of the picture: onScreen the other way round. */
export const onPlane = (frame: Frame, { x, y }: Point): Point => ({
  x: frame.centre.x + (x - frame.width / 2) / frame.scale,
  y: frame.centre.y - (y - frame.height / 2) / frame.scale,
})

/** What of the plane shows, top being the lower number. */
export function seen(frame: Frame): Box {
  const [halfWidth, halfHeight] = [frame.width / 2 / frame.scale, frame.height / 2 / frame.scale]
  return { left: frame.centre.x - halfWidth, right: frame.centre.x + halfWidth, top: frame.centre.y - halfHeight, bottom: frame.centre.y + halfHeight }
}
