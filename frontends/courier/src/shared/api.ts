// The courier API, and short names for what it speaks of.
import { createClient } from '@tiffin/kit/client'
import type { components, paths } from '../../../../gen/ts/courier.ts'

type Schemas = components['schemas']
export type Courier = Schemas['tiffin.bff.courier.v1.Courier']
export type Offer = Schemas['tiffin.bff.courier.v1.Offer']
export type Delivery = Schemas['tiffin.bff.courier.v1.Delivery']
export type DeliveryState = Schemas['tiffin.bff.courier.v1.DeliveryState']
export type DeliverySummary = Schemas['tiffin.bff.courier.v1.DeliverySummary']
export type Earnings = Schemas['tiffin.bff.courier.v1.Earnings']
export type EarningsDay = Schemas['tiffin.bff.courier.v1.EarningsDay']
export type AcceptBody = Schemas['tiffin.bff.courier.v1.CourierService.AcceptDeliveryBody']
export type DeclineBody = Schemas['tiffin.bff.courier.v1.CourierService.DeclineDeliveryBody']
export type ReasonBody = Schemas['tiffin.bff.courier.v1.CourierService.ReleaseDeliveryBody'] & Schemas['tiffin.bff.courier.v1.CourierService.FailDeliveryBody']

export const api = createClient<paths>()
export const apiRoot = '/api/courier/v1'

/** By which days begin: this device's zone. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
