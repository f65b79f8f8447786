// Why a delivery does not go on, as the house's codes and as couriers say it.
export interface Choice {
  code: string
  label: string
}

export const other = 'OTHER'

export const releaseReasons: Choice[] = [
  { code: 'VEHICLE_BROKEN', label: 'My vehicle broke down' },
  { code: 'TOO_FAR', label: 'It is too far for me' },
  { code: 'RESTAURANT_CLOSED', label: 'The restaurant is closed' },
  { code: 'FOOD_NOT_READY', label: 'The food takes too long' },
  { code: other, label: 'Something else' },
]

export const failReasons: Choice[] = [
  { code: 'NOBODY_THERE', label: 'Nobody is there' },
  { code: 'ADDRESS_NOT_FOUND', label: 'I can’t find the address' },
  { code: 'FOOD_DAMAGED', label: 'The food is damaged' },
  { code: 'REFUSED', label: 'The customer doesn’t want it' },
  { code: other, label: 'Something else' },
]
