// The restaurant API, and short names for what it speaks of.
import { createClient } from '@tiffin/kit/client'
import type { components, paths } from '../../../../gen/ts/restaurant.ts'

type Schemas = components['schemas']
export type Board = Schemas['tiffin.bff.restaurant.v1.Board']
export type Openness = Schemas['tiffin.bff.restaurant.v1.Openness']
export type Restaurant = Schemas['tiffin.bff.restaurant.v1.Restaurant']
export type OwnItem = Schemas['tiffin.bff.restaurant.v1.OwnItem']
export type Sales = Schemas['tiffin.bff.restaurant.v1.Sales']
export type Period = Schemas['tiffin.bff.restaurant.v1.Period']
export type Ticket = Schemas['tiffin.bff.restaurant.v1.Ticket']
export type TicketLine = Schemas['tiffin.bff.restaurant.v1.TicketLine']
export type TicketStatus = Schemas['tiffin.bff.restaurant.v1.TicketStatus']
export type Allergen = Schemas['tiffin.type.v1.Allergen']
export type MenuItem = Schemas['tiffin.type.v1.MenuItem']
export type OptionGroup = Schemas['tiffin.type.v1.OptionGroup']

export const api = createClient<paths>()
export const apiRoot = '/api/restaurant/v1'
