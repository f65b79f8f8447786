// The customer API, and short names for what it speaks of.
import { createClient } from '@tiffin/kit/client'
import type { components, paths } from '../../../../gen/ts/customer.ts'

type Schemas = components['schemas']
export type Restaurant = Schemas['tiffin.bff.customer.v1.Restaurant']
export type RestaurantSummary = Schemas['tiffin.bff.customer.v1.RestaurantSummary']
export type CuisineCount = Schemas['tiffin.bff.customer.v1.CuisineCount']
export type SearchResult = Schemas['tiffin.bff.customer.v1.SearchRestaurantsResponse']
export type MenuItem = Schemas['tiffin.type.v1.MenuItem']
export type OptionGroup = Schemas['tiffin.type.v1.OptionGroup']
export type OfferedItem = Schemas['tiffin.bff.customer.v1.OfferedItem']
export type Order = Schemas['tiffin.bff.customer.v1.Order']
export type OrderItem = Schemas['tiffin.bff.customer.v1.OrderItem']
export type OrderStatus = Schemas['tiffin.bff.customer.v1.OrderStatus']
export type TimelineEntry = Schemas['tiffin.bff.customer.v1.TimelineEntry']
export type OrderSummary = Schemas['tiffin.bff.customer.v1.OrderSummary']
export type Customer = Schemas['tiffin.bff.customer.v1.Customer']
export type SavedAddress = Schemas['tiffin.bff.customer.v1.SavedAddress']
export type PlaceOrderRequest = Schemas['tiffin.bff.customer.v1.PlaceOrderRequest']

export const api = createClient<paths>()
export const apiRoot = '/api/customer/v1'
