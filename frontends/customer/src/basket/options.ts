// The choices that an item leaves to the customer, against what its groups allow.
import type { OptionGroup } from '../shared/api.ts'

const idsOf = (group: OptionGroup): string[] => (group.options ?? []).map((option) => option.option_id ?? '')

/** Choices start with what a group cannot do without: its first options. */
export const firstChoices = (groups: readonly OptionGroup[]): string[] => groups.flatMap((group) => idsOf(group).slice(0, group.min_choices ?? 0))

/** Takes an option in or out. A group of one swaps; a full one takes no more. */
export function toggle(group: OptionGroup, chosen: readonly string[], id: string): string[] {
  const own = idsOf(group)
  const others = chosen.filter((other) => !own.includes(other))
  const mine = chosen.filter((other) => own.includes(other))
  const single = (group.max_choices ?? 1) === 1
  if (mine.includes(id)) return single && (group.min_choices ?? 0) > 0 ? [...chosen] : [...others, ...mine.filter((other) => other !== id)]
  if (single) return [...others, id]
  return mine.length >= (group.max_choices ?? 1) ? [...chosen] : [...others, ...mine, id]
}

/** What is wrong with the choices in a group; undefined if nothing is. */
export function choiceProblem(group: OptionGroup, chosen: readonly string[]): string | undefined {
  const count = idsOf(group).filter((id) => chosen.includes(id)).length
  const [min, max] = [group.min_choices ?? 0, group.max_choices ?? 1]
  if (count < min) return `Please choose ${min === max ? min : `at least ${min}`}.`
  if (count > max) return `Please choose ${max} at most.`
  return undefined
}

/** "Choose 1", "Up to 3", "Choose 1 to 3" */
export function choiceRule(group: OptionGroup): string {
  const [min, max] = [group.min_choices ?? 0, group.max_choices ?? 1]
  if (min === max) return `Choose ${min}`
  return min === 0 ? `Up to ${max}` : `Choose ${min} to ${max}`
}
