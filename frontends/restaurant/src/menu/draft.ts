// An item of the menu as a form holds it: amounts are text until they are sent. Pure.
import { decimalOf, money, parseDecimal, type Violation } from '@tiffin/kit/client'
import type { Allergen, MenuItem, OptionGroup, OwnItem } from '../shared/api.ts'

export interface OptionDraft {
  option_id: string
  name: string
  difference: string
}

export interface GroupDraft {
  group_id: string
  name: string
  min: number
  max: number
  options: OptionDraft[]
}

export interface Draft {
  item_id: string
  name: string
  description: string
  section: string
  price: string
  image: string
  allergens: Allergen[]
  vegetarian: boolean
  vegan: boolean
  spiciness: number
  groups: GroupDraft[]
}

export const emptyDraft = (item_id: string, section: string): Draft =>
  ({ item_id, name: '', description: '', section, price: '', image: '', allergens: [], vegetarian: false, vegan: false, spiciness: 0, groups: [] })

export function draftOf(item: MenuItem): Draft {
  const currency_code = item.price?.currency_code ?? ''
  const difference = (minor_units: string | undefined) => (minor_units && minor_units !== '0' ? decimalOf({ currency_code, minor_units }) : '')
  return {
    item_id: item.item_id ?? '', name: item.name ?? '', description: item.description ?? '', section: item.section ?? '',
    price: decimalOf(item.price ?? undefined), image: item.image ?? '', allergens: [...(item.allergens ?? [])],
    vegetarian: item.vegetarian ?? false, vegan: item.vegan ?? false, spiciness: item.spiciness ?? 0,
    groups: (item.option_groups ?? []).map((group) => ({
      group_id: group.group_id ?? '', name: group.name ?? '', min: group.min_choices ?? 0, max: group.max_choices ?? 1,
      options: (group.options ?? []).map((option) => ({ option_id: option.option_id ?? '', name: option.name ?? '', difference: difference(option.price_difference) })),
    })),
  }
}

/** What is wrong with a draft, by the fields' names in the API; only what a form can know, the rest the server says. */
export function violations(draft: Draft, currency: string): Violation[] {
  const found: Violation[] = []
  const check = (fine: boolean, field: string, description: string) => void (fine || found.push({ field, description }))
  check(draft.name.trim() !== '', 'item.name', 'Please give it a name.')
  check(draft.section.trim() !== '', 'item.section', 'Please say where on the menu it stands.')
  check((parseDecimal(draft.price, currency) ?? -1n) >= 0n, 'item.price', 'Please write an amount such as 9.50.')
  for (const [at, group] of draft.groups.entries()) {
    const field = `item.option_groups[${at}]`
    check(group.name.trim() !== '', `${field}.name`, 'Please give the choice a name.')
    check(group.options.length > 0, `${field}.options`, 'Please add an option, or take the choice out.')
    check(group.max >= group.min, `${field}.max_choices`, 'At most can’t be less than at least.')
    for (const [index, option] of group.options.entries()) {
      check(option.name.trim() !== '', `${field}.options[${index}].name`, 'Please give the option a name.')
      check(differenceOf(option, currency) !== undefined, `${field}.options[${index}].price_difference`, 'Such as 1.50 or -0.50.')
    }
  }
  return found
}

const differenceOf = ({ difference }: OptionDraft, currency: string): bigint | undefined => (difference.trim() === '' ? 0n : parseDecimal(difference, currency))

/** The item that a draft without violations stands for. */
export function itemOf(draft: Draft, currency: string, rank: number): MenuItem {
  const { item_id, image, allergens, vegetarian, vegan, spiciness } = draft
  return {
    item_id, name: draft.name.trim(), description: draft.description.trim(), section: draft.section.trim(), rank,
    price: money(currency, parseDecimal(draft.price, currency) ?? 0n), image, allergens, vegetarian: vegetarian || vegan, vegan, spiciness,
    option_groups: draft.groups.map((group): OptionGroup => ({
      group_id: group.group_id, name: group.name.trim(), min_choices: group.min, max_choices: group.max,
      options: group.options.map((option) => ({ option_id: option.option_id, name: option.name.trim(), price_difference: (differenceOf(option, currency) ?? 0n).toString() })),
    })),
  }
}

/** Where an item stands: where it stood, or at the end of its section, or a new section at the end of the menu. */
export function rankFor(section: string, items: readonly OwnItem[], item_id: string): number {
  const before = items.find((own) => own.item?.item_id === item_id)?.item
  if (before?.section === section) return before.rank ?? 0
  const rest = items.filter((own) => own.item?.item_id !== item_id)
  const beside = rest.filter((own) => own.item?.section === section)
  return 1 + Math.max(-1, ...(beside.length ? beside : rest).map((own) => own.item?.rank ?? 0))
}

/** The menu's sections in its order, each with its items. */
export function sections(items: readonly OwnItem[]): { name: string; items: OwnItem[] }[] {
  const found = new Map<string, OwnItem[]>()
  for (const own of items) found.set(own.item?.section ?? '', [...(found.get(own.item?.section ?? '') ?? []), own])
  return [...found].map(([name, its]) => ({ name, items: its }))
}
