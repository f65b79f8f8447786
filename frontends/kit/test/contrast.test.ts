// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

// Every pair of text and ground that the kit's styles make, computed from the tokens: WCAG AA asks for 4.5, and for 3
// where it is the outline of a control.
const source = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8')

function color(name: string, scheme: 'light' | 'dark'): string {
  const value = source.match(new RegExp(`--t-${name}: ([^;]+);`))?.[1] ?? expect.unreachable(`no token ${name}`)
  const both = value.match(/^light-dark\((#\w{6}), (#\w{6})\)$/)
  return both ? (scheme === 'light' ? both[1]! : both[2]!) : value
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

const grounds = ['bg', 'surface', 'raised', 'sunken']
const texts: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] => [['ink', ground], ['ink-2', ground]]),
  ['on-inverse', 'inverse'], ['on-brand', 'brand'], ['on-brand', 'brand-hover'], ['on-brand-soft', 'brand-soft'], ['ink', 'chilli-soft'],
  ...['leaf', 'chilli', 'saffron', 'neel', 'beet'].flatMap((spice): [string, string][] => [[spice, `${spice}-soft`], [spice, 'surface'], [spice, 'bg']]),
]
const outlines: [string, string][] = [['line-strong', 'surface'], ['line-strong', 'bg'], ['focus', 'bg'], ['focus', 'surface'], ['focus', 'raised']]

describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
  test.each(texts)('%s on %s is readable', (text, ground) => expect(contrast(color(text, scheme), color(ground, scheme))).toBeGreaterThanOrEqual(4.5))
  test.each(outlines)('%s on %s is visible', (line, ground) => expect(contrast(color(line, scheme), color(ground, scheme))).toBeGreaterThanOrEqual(3))
})
