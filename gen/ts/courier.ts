// Generated from tiffin/bff/courier/v1/courier.swagger.json. Do not edit.

export interface paths {
    "/api/courier/v1/couriers/{courier_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The courier now: shift, open offer, delivery, what today has earned. */
        get: operations["CourierService_GetCourier"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/couriers/{courier_id}:endShift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** No more offers; an open one is declined by this. Refused while a delivery is held. */
        post: operations["CourierService_EndShift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/couriers/{courier_id}:startShift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offers come from here on. */
        post: operations["CourierService_StartShift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/couriers/{courier_id}:watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The courier now and after every change, as text/event-stream. May coalesce changes. */
        get: operations["CourierService_WatchCourier"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/couriers/{courier_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the courier has taken on, newest first. Whom it went to is not kept. */
        get: operations["CourierService_ListDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/couriers/{courier_id}/earnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one week has earned, day by day. */
        get: operations["CourierService_GetEarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/couriers/{courier_id}/location": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Where the courier is at this moment. Kept as the last value only, in no log. */
        put: operations["CourierService_UpdateLocation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/couriers/{courier_id}/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the courier may take on at this moment. */
        get: operations["CourierService_ListOffers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/deliveries/{delivery_id}:accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the delivery on that the caller was offered. */
        post: operations["CourierService_AcceptDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/deliveries/{delivery_id}:decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leaves the delivery to somebody else. */
        post: operations["CourierService_DeclineDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/deliveries/{delivery_id}:deliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer has the food. */
        post: operations["CourierService_DeliverDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/deliveries/{delivery_id}:fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller has the food and could not deliver it. */
        post: operations["CourierService_FailDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/deliveries/{delivery_id}:pickUp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller has the food. */
        post: operations["CourierService_PickUpDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courier/v1/deliveries/{delivery_id}:release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller gives the delivery back before the pick-up: somebody else will be asked. */
        post: operations["CourierService_ReleaseDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        "tiffin.bff.courier.v1.AcceptDeliveryResponse": {
            delivery_id?: string;
        };
        "tiffin.bff.courier.v1.Courier": {
            courier_id?: string;
            /**
             * Format: int32
             * @description How many were brought since midnight.
             */
            delivered_today?: number;
            delivery?: components["schemas"]["tiffin.bff.courier.v1.Delivery"];
            earned_today?: components["schemas"]["tiffin.type.v1.Money"];
            name?: string;
            offer?: components["schemas"]["tiffin.bff.courier.v1.Offer"];
            on_shift?: boolean;
            /**
             * Format: date-time
             * @description None off shift.
             */
            shift_started_at?: string;
            vehicle?: components["schemas"]["tiffin.bff.courier.v1.Vehicle"];
        };
        "tiffin.bff.courier.v1.CourierService.AcceptDeliveryBody": {
            /** @description Which offer is meant; none: the caller's last one of this delivery. */
            offer_id?: string;
        };
        "tiffin.bff.courier.v1.CourierService.DeclineDeliveryBody": {
            /** @description Which offer is meant; none: the caller's last one of this delivery. */
            offer_id?: string;
            reason?: string;
        };
        "tiffin.bff.courier.v1.CourierService.DeliverDeliveryBody": Record<string, never>;
        "tiffin.bff.courier.v1.CourierService.EndShiftBody": Record<string, never>;
        "tiffin.bff.courier.v1.CourierService.FailDeliveryBody": {
            reason?: string;
            /** Machine-readable: NOBODY_THERE, ADDRESS_NOT_FOUND, FOOD_DAMAGED, … */
            reason_code?: string;
        };
        "tiffin.bff.courier.v1.CourierService.PickUpDeliveryBody": Record<string, never>;
        "tiffin.bff.courier.v1.CourierService.ReleaseDeliveryBody": {
            reason?: string;
            /** Machine-readable: VEHICLE_BROKEN, TOO_FAR, RESTAURANT_CLOSED, … */
            reason_code?: string;
        };
        "tiffin.bff.courier.v1.CourierService.StartShiftBody": Record<string, never>;
        "tiffin.bff.courier.v1.CourierService.UpdateLocationBody": {
            /** Format: double */
            latitude?: number;
            /** Format: double */
            longitude?: number;
        };
        "tiffin.bff.courier.v1.DeclineDeliveryResponse": {
            delivery_id?: string;
        };
        "tiffin.bff.courier.v1.DeliverDeliveryResponse": {
            delivery_id?: string;
        };
        /** @description The delivery that the courier holds. */
        "tiffin.bff.courier.v1.Delivery": {
            /** Format: date-time */
            accepted_at?: string;
            /** Format: date-time */
            changed_at?: string;
            delivery_id?: string;
            /**
             * Format: int32
             * @description From the restaurant to the door, as the crow flies.
             */
            distance_meters?: number;
            drop_off?: components["schemas"]["tiffin.type.v1.Location"];
            drop_off_line?: string;
            /** @description The restaurant says that the food is ready, whatever time it said before. */
            food_ready?: boolean;
            payout?: components["schemas"]["tiffin.type.v1.Money"];
            pick_up?: components["schemas"]["tiffin.type.v1.Location"];
            /**
             * Format: date-time
             * @description When the restaurant says that the food is ready.
             */
            ready_at?: string;
            /** @description Why it ended, where it did not end at the door. */
            reason?: string;
            restaurant_id?: string;
            restaurant_name?: string;
            state?: components["schemas"]["tiffin.bff.courier.v1.DeliveryState"];
        };
        /**
         * @description How far a delivery has come for its courier.
         *
         *      - ACCEPTED: The courier has taken it on; the house has not confirmed it yet.
         *      - ASSIGNED: On the way to the restaurant.
         *      - PICKED_UP: On the way to the door.
         *      - RELEASED: Given back, or taken away before the pick-up.
         *      - CANCELLED: The house called it off.
         * @default DELIVERY_STATE_UNSPECIFIED
         * @enum {string}
         */
        "tiffin.bff.courier.v1.DeliveryState": "DELIVERY_STATE_UNSPECIFIED" | "ACCEPTED" | "ASSIGNED" | "PICKED_UP" | "DELIVERED" | "RELEASED" | "FAILED" | "CANCELLED";
        /** @description A delivery as the history shows it. */
        "tiffin.bff.courier.v1.DeliverySummary": {
            /** Format: date-time */
            accepted_at?: string;
            delivery_id?: string;
            /** Format: int32 */
            distance_meters?: number;
            earned?: components["schemas"]["tiffin.type.v1.Money"];
            /**
             * Format: date-time
             * @description None while it is held.
             */
            finished_at?: string;
            reason?: string;
            restaurant_id?: string;
            restaurant_name?: string;
            state?: components["schemas"]["tiffin.bff.courier.v1.DeliveryState"];
        };
        "tiffin.bff.courier.v1.Earnings": {
            /** @description From Monday to Sunday. */
            days?: components["schemas"]["tiffin.bff.courier.v1.EarningsDay"][];
            /**
             * Format: int32
             * @description How many were brought.
             */
            delivered?: number;
            total?: components["schemas"]["tiffin.type.v1.Money"];
        };
        "tiffin.bff.courier.v1.EarningsDay": {
            /** @description As 2026-11-24, in the time zone that was asked for. */
            date?: string;
            /** Format: int32 */
            delivered?: number;
            earned?: components["schemas"]["tiffin.type.v1.Money"];
        };
        "tiffin.bff.courier.v1.EndShiftResponse": {
            courier_id?: string;
        };
        "tiffin.bff.courier.v1.FailDeliveryResponse": {
            delivery_id?: string;
        };
        "tiffin.bff.courier.v1.ListDeliveriesResponse": {
            deliveries?: components["schemas"]["tiffin.bff.courier.v1.DeliverySummary"][];
            /** @description Empty on the last page. */
            next_page_token?: string;
        };
        "tiffin.bff.courier.v1.ListOffersResponse": {
            offers?: components["schemas"]["tiffin.bff.courier.v1.Offer"][];
        };
        /** @description A delivery that the courier may take on. */
        "tiffin.bff.courier.v1.Offer": {
            delivery_id?: string;
            /**
             * Format: int32
             * @description From the restaurant to the door, as the crow flies.
             */
            distance_meters?: number;
            drop_off?: components["schemas"]["tiffin.type.v1.Location"];
            /** Format: date-time */
            expires_at?: string;
            /** @description How long it stands from the moment of this answer, for clocks that are off. */
            expires_in?: string;
            offer_id?: string;
            /** Format: date-time */
            offered_at?: string;
            payout?: components["schemas"]["tiffin.type.v1.Money"];
            pick_up?: components["schemas"]["tiffin.type.v1.Location"];
            /**
             * Format: date-time
             * @description When the restaurant says that the food is ready.
             */
            ready_at?: string;
            restaurant_id?: string;
            restaurant_name?: string;
        };
        "tiffin.bff.courier.v1.PickUpDeliveryResponse": {
            delivery_id?: string;
        };
        "tiffin.bff.courier.v1.ReleaseDeliveryResponse": {
            delivery_id?: string;
        };
        "tiffin.bff.courier.v1.StartShiftResponse": {
            courier_id?: string;
        };
        "tiffin.bff.courier.v1.UpdateLocationResponse": Record<string, never>;
        /**
         * @description How a courier gets about.
         * @default VEHICLE_UNSPECIFIED
         * @enum {string}
         */
        "tiffin.bff.courier.v1.Vehicle": "VEHICLE_UNSPECIFIED" | "BICYCLE" | "SCOOTER" | "CAR";
        "tiffin.bff.courier.v1.WatchCourierResponse": {
            courier?: components["schemas"]["tiffin.bff.courier.v1.Courier"];
            /** @description The position token of this document; the id of the event, for Last-Event-ID. */
            position?: string;
            /** @description The document is behind the position that was asked for. */
            stale?: boolean;
        };
        /** @description A point on the earth, WGS 84, in degrees. */
        "tiffin.type.v1.Location": {
            /** Format: double */
            latitude?: number;
            /** Format: double */
            longitude?: number;
        };
        /** @description An amount in the smallest unit of its currency: 12.50 EUR is {EUR, 1250}. Never a float. */
        "tiffin.type.v1.Money": {
            /** @description ISO 4217, three capital letters. */
            currency_code?: string;
            /**
             * Format: int64
             * @description May be negative where a difference is meant.
             */
            minor_units?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    CourierService_GetCourier: {
        parameters: {
            query?: {
                /** @description By which a day begins, an IANA name. UTC when none is given. */
                time_zone?: string;
            };
            header?: never;
            path: {
                courier_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.Courier"];
                };
            };
        };
    };
    CourierService_EndShift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courier_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.courier.v1.CourierService.EndShiftBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.EndShiftResponse"];
                };
            };
        };
    };
    CourierService_StartShift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courier_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.courier.v1.CourierService.StartShiftBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.StartShiftResponse"];
                };
            };
        };
    };
    CourierService_WatchCourier: {
        parameters: {
            query?: {
                /** @description As in GetCourierRequest. */
                time_zone?: string;
            };
            header?: never;
            path: {
                courier_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A successful response.(streaming responses) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result?: components["schemas"]["tiffin.bff.courier.v1.WatchCourierResponse"];
                    };
                };
            };
        };
    };
    CourierService_ListDeliveries: {
        parameters: {
            query?: {
                /** @description 20 when none is given; 100 at most. */
                page_size?: number;
                /** @description From the page before. */
                page_token?: string;
            };
            header?: never;
            path: {
                courier_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.ListDeliveriesResponse"];
                };
            };
        };
    };
    CourierService_GetEarnings: {
        parameters: {
            query?: {
                /** @description Any day of the week that is meant, as 2026-11-24; none: this week. */
                date?: string;
                /** @description By which a day begins, an IANA name. UTC when none is given. */
                time_zone?: string;
            };
            header?: never;
            path: {
                courier_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.Earnings"];
                };
            };
        };
    };
    CourierService_UpdateLocation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courier_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.courier.v1.CourierService.UpdateLocationBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.UpdateLocationResponse"];
                };
            };
        };
    };
    CourierService_ListOffers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courier_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.ListOffersResponse"];
                };
            };
        };
    };
    CourierService_AcceptDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.courier.v1.CourierService.AcceptDeliveryBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.AcceptDeliveryResponse"];
                };
            };
        };
    };
    CourierService_DeclineDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.courier.v1.CourierService.DeclineDeliveryBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.DeclineDeliveryResponse"];
                };
            };
        };
    };
    CourierService_DeliverDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.courier.v1.CourierService.DeliverDeliveryBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.DeliverDeliveryResponse"];
                };
            };
        };
    };
    CourierService_FailDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.courier.v1.CourierService.FailDeliveryBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.FailDeliveryResponse"];
                };
            };
        };
    };
    CourierService_PickUpDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.courier.v1.CourierService.PickUpDeliveryBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.PickUpDeliveryResponse"];
                };
            };
        };
    };
    CourierService_ReleaseDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.courier.v1.CourierService.ReleaseDeliveryBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.courier.v1.ReleaseDeliveryResponse"];
                };
            };
        };
    };
}
