// What the server's no means at the checkout, kindly.
import type { Problem } from '@tiffin/kit/client'

export interface Refusal {
  heading: string
  text: string
}

const known: Record<string, (problem: Problem) => Refusal> = {
  TOTAL_CHANGED: () => ({ heading: 'The price has changed', text: 'We have loaded the menu again. Nothing was ordered: please look at the new total and order once more.' }),
  RESTAURANT_CLOSED: (problem) => ({ heading: 'The kitchen has just closed', text: problem.message }),
  RESTAURANT_PAUSED: (problem) => ({ heading: 'The kitchen takes a breath', text: problem.message }),
  ITEM_SOLD_OUT: () => ({ heading: 'Something just sold out', text: 'We have taken it out of your basket. Nothing was ordered yet.' }),
  ITEM_NOT_FOUND: () => ({ heading: 'The menu has changed', text: 'We have loaded it again and taken out what is gone. Nothing was ordered yet.' }),
  OPTION_NOT_FOUND: () => ({ heading: 'The menu has changed', text: 'We have loaded it again and taken out what can’t be had that way. Nothing was ordered yet.' }),
  BELOW_MINIMUM: (problem) => ({ heading: 'Just a little more', text: problem.message }),
  OUT_OF_AREA: (problem) => ({ heading: 'That is too far away', text: problem.message }),
}

export function refusalOf(problem: Problem): Refusal {
  const say = known[problem.code]
  if (say) return say(problem)
  const details = problem.violations.map((violation) => violation.description).filter(Boolean)
  return { heading: 'The order was not taken', text: details.length ? `${problem.message} ${details.join(' ')}` : problem.message }
}
