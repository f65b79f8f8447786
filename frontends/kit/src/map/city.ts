// A city that nobody surveyed: streets, a river and parks as a pure function of the place, so that every page draws the
// same town, any stretch of it, without a tile server. It looks like a map; it is not one to find one's way by.

/** Metres east and north of an origin that is the same for everybody near. */
export interface Point {
  x: number
  y: number
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** Path data in metres, y pointing north. */
export interface City {
  parks: string
  river: string
  avenues: string
  streets: string
}

const cell = 620
const turn = (14 * Math.PI) / 180 // a town that lies square to north looks like graph paper
const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
const metresPerDegree = 111_320

/** Places a coordinate on the plane; the scale of the whole degree below is used, so that neighbours agree. */
export function toPlane(latitude: number, longitude: number): Point {
  return { x: longitude * metresPerDegree * Math.cos((Math.floor(latitude) * Math.PI) / 180), y: latitude * metresPerDegree }
}

/** The coordinate of a point: toPlane the other way round. */
export function fromPlane({ x, y }: Point): { latitude: number; longitude: number } {
  const latitude = y / metresPerDegree
  return { latitude, longitude: x / (metresPerDegree * Math.cos((Math.floor(latitude) * Math.PI) / 180)) }
}

/** Everything that shows in a box. */
export function cityIn(box: Box): City {
  const city = { parks: '', river: '', avenues: '', streets: '' }
  const corners = [turned(box.left, box.top), turned(box.right, box.top), turned(box.left, box.bottom), turned(box.right, box.bottom)]
  const range = (pick: (point: Point) => number) => [
    Math.floor(Math.min(...corners.map(pick)) / cell) - 1,
    Math.ceil(Math.max(...corners.map(pick)) / cell) + 1,
  ] as const
  const [fromI, toI] = range((point) => point.x)
  const [fromJ, toJ] = range((point) => point.y)
  for (let i = fromI; i <= toI; i++) {
    for (let j = fromJ; j <= toJ; j++) {
      city.avenues += line([knot(i, j), knot(i + 1, j)]) + line([knot(i, j), knot(i, j + 1)])
      if (chance(i, j, 1) < 0.13) city.parks += park(i, j)
      else city.streets += block(i, j)
    }
  }
  city.river = river(box)
  return city
}

/** A way along the avenues' directions, for a courier's route between two points. */
export function wayBetween(from: Point, to: Point): Point[] {
  const [a, b] = [turned(from.x, from.y), turned(to.x, to.y)]
  const middle = Math.round((a.x + b.x) / 2 / (cell / 4)) * (cell / 4)
  return [from, back(middle, a.y), back(middle, b.y), to]
}

// Where two avenues cross: on the grid, pushed off it a little.
function knot(i: number, j: number): Point {
  return back((i + (chance(i, j, 2) - 0.5) * 0.34) * cell, (j + (chance(i, j, 3) - 0.5) * 0.34) * cell)
}

// The streets between four avenues: each side is divided, and some streets stop halfway.
function block(i: number, j: number): string {
  const [a, b, c, d] = [knot(i, j), knot(i + 1, j), knot(i + 1, j + 1), knot(i, j + 1)]
  const [across, along] = [3 + Math.floor(chance(i, j, 4) * 3), 2 + Math.floor(chance(i, j, 5) * 3)]
  let path = ''
  for (let n = 1; n < across; n++) {
    const end = chance(i * 7 + n, j, 6) < 0.25 ? Math.floor(along / 2) / along : 1
    path += line([mix(a, b, n / across), mix(mix(a, b, n / across), mix(d, c, n / across), end || 1)])
  }
  for (let n = 1; n < along; n++) {
    const start = chance(i, j * 7 + n, 7) < 0.25 ? Math.floor(across / 2) / across : 0
    path += line([mix(mix(a, d, n / along), mix(b, c, n / along), start), mix(b, c, n / along)])
  }
  return path
}

function park(i: number, j: number): string {
  const corners = [knot(i, j), knot(i + 1, j), knot(i + 1, j + 1), knot(i, j + 1)]
  const middle = mix(mix(corners[0]!, corners[2]!, 0.5), mix(corners[1]!, corners[3]!, 0.5), 0.5)
  return line(corners.map((corner) => mix(corner, middle, 0.07))) + 'Z'
}

// One river every few kilometres, winding from west to east.
function river(box: Box): string {
  const every = 4200
  let path = ''
  for (let n = Math.floor(box.top / every) - 1; n <= Math.ceil(box.bottom / every) + 1; n++) {
    const points: Point[] = []
    for (let x = box.left - 400; x <= box.right + 400; x += 160) {
      points.push({ x, y: n * every + 620 * Math.sin(x / 1500 + n) + 210 * Math.sin(x / 610 + 2 * n) })
    }
    if (points.some((point) => point.y > box.top - 200 && point.y < box.bottom + 200)) path += line(points)
  }
  return path
}

const turned = (x: number, y: number): Point => ({ x: x * cos + y * sin, y: y * cos - x * sin })
const back = (x: number, y: number): Point => ({ x: x * cos - y * sin, y: x * sin + y * cos })
const mix = (a: Point, b: Point, share: number): Point => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share })
const line = (points: Point[]): string => points.map((point, index) => `${index ? 'L' : 'M'}${Math.round(point.x)} ${Math.round(point.y)}`).join('')

// A number in [0, 1) that depends on nothing but the place and what it is for.
function chance(i: number, j: number, purpose: number): number {
  let hash = Math.imul(i, 374_761_393) ^ Math.imul(j, 668_265_263) ^ Math.imul(purpose, 2_246_822_519)
  hash = Math.imul(hash ^ (hash >>> 13), 1_274_126_177)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296
}
