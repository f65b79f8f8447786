// Generated from tiffin/bff/customer/v1/customer.swagger.json. Do not edit.

export interface paths {
    "/api/customer/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets the caller join. */
        post: operations["CustomerService_RegisterCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/customers/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller: profile and addresses. */
        get: operations["CustomerService_GetCustomer"];
        /** Changes the caller's name and phone. */
        put: operations["CustomerService_ChangeProfile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/customers/{customer_id}:erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forgets the caller, for good: open orders are called off first, and then nothing brings the data back. */
        post: operations["CustomerService_EraseCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/customers/{customer_id}:watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller now and after every change, as text/event-stream. May coalesce changes. */
        get: operations["CustomerService_WatchCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/customers/{customer_id}/addresses/{address_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adds one of the caller's addresses, or replaces it. */
        put: operations["CustomerService_PutAddress"];
        post?: never;
        /** Removes one of the caller's addresses. */
        delete: operations["CustomerService_RemoveAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's orders, newest first. */
        get: operations["CustomerService_ListOrders"];
        put?: never;
        /** Takes an order at the total that the customer was shown. */
        post: operations["CustomerService_PlaceOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of the caller's orders. */
        get: operations["CustomerService_GetOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/orders/{order_id}:cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls one of the caller's orders off. */
        post: operations["CustomerService_CancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/orders/{order_id}:watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of the caller's orders now and after every change, as text/event-stream. May coalesce changes. */
        get: operations["CustomerService_WatchOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/restaurants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public. Restaurants that deliver to a point, nearest first; without a point all of them, by name. */
        get: operations["CustomerService_SearchRestaurants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer/v1/restaurants/{restaurant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public. One restaurant with its menu. */
        get: operations["CustomerService_GetRestaurant"];
        put?: never;
        post?: never;
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
        /** @description When an order is expected at the door: an estimate, which moves with what happens. */
        "tiffin.bff.customer.v1.ArrivalEstimate": {
            /** Format: date-time */
            earliest?: string;
            /** @description It is expected later than that. */
            late?: boolean;
            /** Format: date-time */
            latest?: string;
            /**
             * Format: date-time
             * @description When it was to be there at the latest, by what was known as the restaurant accepted.
             */
            promised?: string;
        };
        "tiffin.bff.customer.v1.CancelOrderResponse": {
            order_id?: string;
        };
        "tiffin.bff.customer.v1.ChangeProfileResponse": {
            customer_id?: string;
        };
        "tiffin.bff.customer.v1.ChosenOption": {
            group_name?: string;
            name?: string;
            option_id?: string;
            /**
             * Format: int64
             * @description In minor units of the order's currency.
             */
            price_difference?: string;
        };
        "tiffin.bff.customer.v1.CuisineCount": {
            cuisine?: string;
            /** Format: int32 */
            restaurants?: number;
        };
        "tiffin.bff.customer.v1.Customer": {
            /** @description In the order in which they were added. */
            addresses?: components["schemas"]["tiffin.bff.customer.v1.SavedAddress"][];
            customer_id?: string;
            name?: string;
            phone?: string;
            status?: components["schemas"]["tiffin.bff.customer.v1.CustomerStatus"];
        };
        "tiffin.bff.customer.v1.CustomerService.CancelOrderBody": {
            expected_charge?: components["schemas"]["tiffin.type.v1.Money"];
            reason?: string;
        };
        "tiffin.bff.customer.v1.CustomerService.ChangeProfileBody": {
            name?: string;
            phone?: string;
        };
        "tiffin.bff.customer.v1.CustomerService.EraseCustomerBody": Record<string, never>;
        "tiffin.bff.customer.v1.CustomerService.PutAddressBody": {
            label?: string;
            /** Format: double */
            latitude?: number;
            line?: string;
            /** Format: double */
            longitude?: number;
        };
        /**
         * @description Whether a customer stays.
         *
         *      - LEAVING: Asked to be forgotten: open orders are being ended.
         *      - ERASED: Nothing names them any more.
         * @default CUSTOMER_STATUS_UNSPECIFIED
         * @enum {string}
         */
        "tiffin.bff.customer.v1.CustomerStatus": "CUSTOMER_STATUS_UNSPECIFIED" | "REGISTERED" | "LEAVING" | "ERASED";
        "tiffin.bff.customer.v1.DeliveryAddress": {
            /** Format: double */
            latitude?: number;
            line?: string;
            /** Format: double */
            longitude?: number;
        };
        "tiffin.bff.customer.v1.EraseCustomerResponse": {
            customer_id?: string;
        };
        "tiffin.bff.customer.v1.ListOrdersResponse": {
            /** @description Empty on the last page. */
            next_page_token?: string;
            orders?: components["schemas"]["tiffin.bff.customer.v1.OrderSummary"][];
        };
        "tiffin.bff.customer.v1.MenuSection": {
            items?: components["schemas"]["tiffin.bff.customer.v1.OfferedItem"][];
            name?: string;
        };
        "tiffin.bff.customer.v1.OfferedItem": {
            item?: components["schemas"]["tiffin.type.v1.MenuItem"];
            sold_out?: boolean;
        };
        "tiffin.bff.customer.v1.Order": {
            /**
             * Format: date-time
             * @description The restaurant is expected to answer until then. None unless it was asked and has not answered.
             */
            answer_by?: string;
            arrival?: components["schemas"]["tiffin.bff.customer.v1.ArrivalEstimate"];
            /** @description It may still be called off; cancellation_charge says what that costs. */
            cancellable?: boolean;
            cancellation_charge?: components["schemas"]["tiffin.type.v1.Money"];
            /** Format: date-time */
            changed_at?: string;
            courier?: components["schemas"]["tiffin.bff.customer.v1.OrderCourier"];
            delivery_address?: components["schemas"]["tiffin.bff.customer.v1.DeliveryAddress"];
            delivery_fee?: components["schemas"]["tiffin.type.v1.Money"];
            items?: components["schemas"]["tiffin.bff.customer.v1.OrderItem"][];
            order_id?: string;
            payment?: components["schemas"]["tiffin.bff.customer.v1.OrderPayment"];
            /** Format: date-time */
            placed_at?: string;
            /** Format: int32 */
            preparation_minutes?: number;
            /**
             * Format: date-time
             * @description When the restaurant says that the food is ready. None before it accepted.
             */
            ready_at?: string;
            reason?: string;
            /** Why it was rejected or cancelled: CUSTOMER_CANCELLED, NO_COURIER, ITEMS_SOLD_OUT, … */
            reason_code?: string;
            restaurant_id?: string;
            restaurant_image?: string;
            restaurant_location?: components["schemas"]["tiffin.type.v1.Location"];
            restaurant_name?: string;
            stage?: components["schemas"]["tiffin.bff.customer.v1.OrderStatus"];
            status?: components["schemas"]["tiffin.bff.customer.v1.OrderStatus"];
            subtotal?: components["schemas"]["tiffin.type.v1.Money"];
            /** @description Oldest first. */
            timeline?: components["schemas"]["tiffin.bff.customer.v1.TimelineEntry"][];
            tip?: components["schemas"]["tiffin.type.v1.Money"];
            total?: components["schemas"]["tiffin.type.v1.Money"];
        };
        /** @description Who brings an order, while it is on its way. */
        "tiffin.bff.customer.v1.OrderCourier": {
            /** Format: date-time */
            located_at?: string;
            location?: components["schemas"]["tiffin.type.v1.Location"];
            /** @description The given name. */
            name?: string;
            vehicle?: components["schemas"]["tiffin.bff.customer.v1.Vehicle"];
        };
        "tiffin.bff.customer.v1.OrderedItem": {
            item_id?: string;
            /** @description A wish for the kitchen. */
            note?: string;
            option_ids?: string[];
            /** Format: int32 */
            quantity?: number;
        };
        "tiffin.bff.customer.v1.OrderItem": {
            image?: string;
            item_id?: string;
            line_total?: components["schemas"]["tiffin.type.v1.Money"];
            name?: string;
            note?: string;
            options?: components["schemas"]["tiffin.bff.customer.v1.ChosenOption"][];
            /** Format: int32 */
            quantity?: number;
            /** @description The restaurant did not take the order because it has no more of it. */
            sold_out?: boolean;
            unit_price?: components["schemas"]["tiffin.type.v1.Money"];
        };
        /** @description The money of an order. What is reserved and not taken costs nothing. */
        "tiffin.bff.customer.v1.OrderPayment": {
            authorized?: components["schemas"]["tiffin.type.v1.Money"];
            charged?: components["schemas"]["tiffin.type.v1.Money"];
            /** @description The same in words. */
            reason?: string;
            /** Why not everything was taken, or why something was given back: PAYMENT_DECLINED, CUSTOMER_CANCELLED, … */
            reason_code?: string;
            refunded?: components["schemas"]["tiffin.type.v1.Money"];
            state?: components["schemas"]["tiffin.bff.customer.v1.PaymentState"];
        };
        /**
         * @description How far an order has come. Its status is one of the first five, which say whether it will be made and whether it is over;
         *     its stage and its timeline tell the rest, too.
         *
         *      - CONFIRMED: The order will be made.
         *      - PAYMENT_AUTHORIZED: The amount is reserved on the card, and the restaurant is asked.
         *      - ACCEPTED: The restaurant said when it will be ready.
         *      - DELAYED: It takes longer than was said.
         *      - COOKING: From here on the food is paid for.
         *      - COURIER_LEFT: The courier will not collect it: another is looked for.
         *      - READY: The food waits for the courier.
         *      - PAYMENT_RELEASED: What was reserved on the card is free again.
         * @default ORDER_STATUS_UNSPECIFIED
         * @enum {string}
         */
        "tiffin.bff.customer.v1.OrderStatus": "ORDER_STATUS_UNSPECIFIED" | "PLACED" | "CONFIRMED" | "REJECTED" | "CANCELLED" | "COMPLETED" | "PAYMENT_AUTHORIZED" | "PAYMENT_DECLINED" | "ACCEPTED" | "DELAYED" | "COOKING" | "COURIER_ASSIGNED" | "COURIER_LEFT" | "READY" | "PICKED_UP" | "DELIVERED" | "DELIVERY_FAILED" | "PAYMENT_CAPTURED" | "PAYMENT_RELEASED" | "PAYMENT_REFUNDED";
        /** @description An order as the history shows it. */
        "tiffin.bff.customer.v1.OrderSummary": {
            /** Format: date-time */
            changed_at?: string;
            charged?: components["schemas"]["tiffin.type.v1.Money"];
            /**
             * Format: int32
             * @description Of all items together.
             */
            item_count?: number;
            /** @description The first few items' names. */
            item_names?: string[];
            order_id?: string;
            /** Format: date-time */
            placed_at?: string;
            restaurant_id?: string;
            restaurant_image?: string;
            restaurant_name?: string;
            stage?: components["schemas"]["tiffin.bff.customer.v1.OrderStatus"];
            status?: components["schemas"]["tiffin.bff.customer.v1.OrderStatus"];
            total?: components["schemas"]["tiffin.type.v1.Money"];
        };
        /**
         * @description What became of the money of an order.
         *
         *      - PENDING: The card's side was asked.
         *      - AUTHORIZED: The amount is reserved.
         *      - CAPTURED: Something was taken; the rest of what was reserved is free again.
         *      - RELEASED: Nothing was taken, and nothing is reserved any more.
         *      - UNSETTLED: The card's side would not do what it was asked: the house looks into it.
         * @default PAYMENT_STATE_UNSPECIFIED
         * @enum {string}
         */
        "tiffin.bff.customer.v1.PaymentState": "PAYMENT_STATE_UNSPECIFIED" | "PENDING" | "AUTHORIZED" | "DECLINED" | "CAPTURED" | "RELEASED" | "REFUNDED" | "UNSETTLED";
        "tiffin.bff.customer.v1.PlaceOrderRequest": {
            delivery_address?: components["schemas"]["tiffin.bff.customer.v1.DeliveryAddress"];
            expected_total?: components["schemas"]["tiffin.type.v1.Money"];
            items?: components["schemas"]["tiffin.bff.customer.v1.OrderedItem"][];
            /** @description A ULID made by the client, at most 24 hours old. */
            order_id?: string;
            /** @description None: the caller's sandbox card. */
            payment_token?: string;
            restaurant_id?: string;
            tip?: components["schemas"]["tiffin.type.v1.Money"];
        };
        "tiffin.bff.customer.v1.PlaceOrderResponse": {
            order_id?: string;
        };
        "tiffin.bff.customer.v1.PutAddressResponse": {
            address_id?: string;
        };
        "tiffin.bff.customer.v1.RegisterCustomerRequest": {
            /** @description The caller's own. */
            customer_id?: string;
            name?: string;
            phone?: string;
        };
        "tiffin.bff.customer.v1.RegisterCustomerResponse": {
            customer_id?: string;
        };
        "tiffin.bff.customer.v1.RemoveAddressResponse": {
            address_id?: string;
        };
        "tiffin.bff.customer.v1.Restaurant": {
            address?: string;
            currency_code?: string;
            /** @description None where no point was given. */
            delivers_here?: boolean;
            /** Format: int32 */
            delivery_radius_meters?: number;
            hours?: components["schemas"]["tiffin.type.v1.OpeningHours"];
            /** @description In the order of the menu. */
            sections?: components["schemas"]["tiffin.bff.customer.v1.MenuSection"][];
            summary?: components["schemas"]["tiffin.bff.customer.v1.RestaurantSummary"];
        };
        /** @description A restaurant as a list shows it. */
        "tiffin.bff.customer.v1.RestaurantSummary": {
            /**
             * Format: date-time
             * @description When open: until when. None where it never closes.
             */
            closes_at?: string;
            /** @description The first is the main one. */
            cuisines?: string[];
            delivery_fee?: components["schemas"]["tiffin.type.v1.Money"];
            description?: string;
            /**
             * Format: int32
             * @description As the crow flies; none where no point was given.
             */
            distance_meters?: number;
            /** @description The name of a picture. */
            image?: string;
            location?: components["schemas"]["tiffin.type.v1.Location"];
            minimum_order?: components["schemas"]["tiffin.type.v1.Money"];
            name?: string;
            /** @description Takes orders at this moment: within its hours, and not paused. */
            open_now?: boolean;
            /**
             * Format: date-time
             * @description When closed by its hours: when it opens next. None while it is paused.
             */
            opens_at?: string;
            /**
             * Format: int64
             * @description Orders that it got so far, cancelled and rejected ones not counted.
             */
            order_count?: string;
            /** @description Why it is paused, if it says so. */
            pause_reason?: string;
            /** Format: int32 */
            preparation_minutes?: number;
            restaurant_id?: string;
        };
        "tiffin.bff.customer.v1.SavedAddress": {
            address_id?: string;
            /** @description What the customer calls it; may be empty. */
            label?: string;
            /** Format: double */
            latitude?: number;
            line?: string;
            /** Format: double */
            longitude?: number;
        };
        "tiffin.bff.customer.v1.SearchRestaurantsResponse": {
            /** @description Every cuisine that the search without its cuisine filter would find, most frequent first. */
            cuisines?: components["schemas"]["tiffin.bff.customer.v1.CuisineCount"][];
            /** @description Empty on the last page. */
            next_page_token?: string;
            restaurants?: components["schemas"]["tiffin.bff.customer.v1.RestaurantSummary"][];
            /**
             * Format: int32
             * @description How many restaurants the search finds in all.
             */
            total_size?: number;
        };
        "tiffin.bff.customer.v1.TimelineEntry": {
            amount?: components["schemas"]["tiffin.type.v1.Money"];
            /** @description What there is to say about it; may be empty. */
            note?: string;
            /**
             * Format: date-time
             * @description When the restaurant says that the food is ready, where it said so then.
             */
            ready_at?: string;
            /** @description Machine-readable, where something went another way than it should have. */
            reason_code?: string;
            status?: components["schemas"]["tiffin.bff.customer.v1.OrderStatus"];
            /** Format: date-time */
            time?: string;
        };
        /**
         * @description How a courier gets about.
         * @default VEHICLE_UNSPECIFIED
         * @enum {string}
         */
        "tiffin.bff.customer.v1.Vehicle": "VEHICLE_UNSPECIFIED" | "BICYCLE" | "SCOOTER" | "CAR";
        "tiffin.bff.customer.v1.WatchCustomerResponse": {
            customer?: components["schemas"]["tiffin.bff.customer.v1.Customer"];
            /** @description The position token of this document; the id of the event, for Last-Event-ID. */
            position?: string;
            /** @description The document is behind the position that was asked for. */
            stale?: boolean;
        };
        "tiffin.bff.customer.v1.WatchOrderResponse": {
            order?: components["schemas"]["tiffin.bff.customer.v1.Order"];
            /** @description The position token of this document; the id of the event, for Last-Event-ID. */
            position?: string;
            /** @description The document is behind the position that was asked for. */
            stale?: boolean;
        };
        /**
         * @description The fourteen allergens that EU law has menus declare.
         * @default ALLERGEN_UNSPECIFIED
         * @enum {string}
         */
        "tiffin.type.v1.Allergen": "ALLERGEN_UNSPECIFIED" | "ALLERGEN_GLUTEN" | "ALLERGEN_CRUSTACEANS" | "ALLERGEN_EGGS" | "ALLERGEN_FISH" | "ALLERGEN_PEANUTS" | "ALLERGEN_SOYBEANS" | "ALLERGEN_MILK" | "ALLERGEN_NUTS" | "ALLERGEN_CELERY" | "ALLERGEN_MUSTARD" | "ALLERGEN_SESAME" | "ALLERGEN_SULPHITES" | "ALLERGEN_LUPIN" | "ALLERGEN_MOLLUSCS";
        /** @description A point on the earth, WGS 84, in degrees. */
        "tiffin.type.v1.Location": {
            /** Format: double */
            latitude?: number;
            /** Format: double */
            longitude?: number;
        };
        /** @description Something to eat or drink as a menu offers it. */
        "tiffin.type.v1.MenuItem": {
            allergens?: components["schemas"]["tiffin.type.v1.Allergen"][];
            description?: string;
            /** @description The name of a picture that the frontends know, such as "curry-rice". */
            image?: string;
            /** @description Unique within the restaurant; a ULID. */
            item_id?: string;
            name?: string;
            option_groups?: components["schemas"]["tiffin.type.v1.OptionGroup"][];
            price?: components["schemas"]["tiffin.type.v1.Money"];
            /**
             * Format: int32
             * @description Order on the menu, ascending; sections stand in the order of their first item.
             */
            rank?: number;
            /** @description The heading that it stands under. */
            section?: string;
            /**
             * Format: int32
             * @description 0 (mild) to 3 (very hot).
             */
            spiciness?: number;
            vegan?: boolean;
            vegetarian?: boolean;
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
        /** @description When a restaurant is open in an ordinary week. */
        "tiffin.type.v1.OpeningHours": {
            /** @description An IANA name: Europe/Berlin. */
            time_zone?: string;
            windows?: components["schemas"]["tiffin.type.v1.OpeningWindow"][];
        };
        /** @description One stretch of opening, by the wall clock of the time zone. */
        "tiffin.type.v1.OpeningWindow": {
            /**
             * Format: int32
             * @description Minutes since the same midnight; above 1440 it closes on the next day. Later than opens_minute, by a day at most.
             */
            closes_minute?: number;
            /**
             * Format: int32
             * @description Minutes since midnight of that weekday.
             */
            opens_minute?: number;
            weekday?: components["schemas"]["tiffin.type.v1.Weekday"];
        };
        /** @description One of the choices of a group. */
        "tiffin.type.v1.Option": {
            name?: string;
            /** @description Unique within the item, across its groups. */
            option_id?: string;
            /**
             * Format: int64
             * @description Added to the item's price, in the item's currency; may be negative.
             */
            price_difference?: string;
        };
        /** @description A choice that an item leaves to the customer: a size, a side, extras. */
        "tiffin.type.v1.OptionGroup": {
            /** @description Unique within the item. */
            group_id?: string;
            /** Format: int32 */
            max_choices?: number;
            /**
             * Format: int32
             * @description How many must be chosen at least, and may be at most.
             */
            min_choices?: number;
            name?: string;
            options?: components["schemas"]["tiffin.type.v1.Option"][];
        };
        /**
         * @description ISO 8601 order: the week starts on Monday.
         * @default WEEKDAY_UNSPECIFIED
         * @enum {string}
         */
        "tiffin.type.v1.Weekday": "WEEKDAY_UNSPECIFIED" | "WEEKDAY_MONDAY" | "WEEKDAY_TUESDAY" | "WEEKDAY_WEDNESDAY" | "WEEKDAY_THURSDAY" | "WEEKDAY_FRIDAY" | "WEEKDAY_SATURDAY" | "WEEKDAY_SUNDAY";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    CustomerService_RegisterCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.customer.v1.RegisterCustomerRequest"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.RegisterCustomerResponse"];
                };
            };
        };
    };
    CustomerService_GetCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: string;
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
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.Customer"];
                };
            };
        };
    };
    CustomerService_ChangeProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.customer.v1.CustomerService.ChangeProfileBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.ChangeProfileResponse"];
                };
            };
        };
    };
    CustomerService_EraseCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.customer.v1.CustomerService.EraseCustomerBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.EraseCustomerResponse"];
                };
            };
        };
    };
    CustomerService_WatchCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: string;
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
                        result?: components["schemas"]["tiffin.bff.customer.v1.WatchCustomerResponse"];
                    };
                };
            };
        };
    };
    CustomerService_PutAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A ULID made by the client. */
                address_id: string;
                customer_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.customer.v1.CustomerService.PutAddressBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.PutAddressResponse"];
                };
            };
        };
    };
    CustomerService_RemoveAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                address_id: string;
                customer_id: string;
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
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.RemoveAddressResponse"];
                };
            };
        };
    };
    CustomerService_ListOrders: {
        parameters: {
            query?: {
                /** @description 20 when none is given; 100 at most. */
                page_size?: number;
                /** @description From the page before. */
                page_token?: string;
            };
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.ListOrdersResponse"];
                };
            };
        };
    };
    CustomerService_PlaceOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.customer.v1.PlaceOrderRequest"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.PlaceOrderResponse"];
                };
            };
        };
    };
    CustomerService_GetOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.Order"];
                };
            };
        };
    };
    CustomerService_CancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.customer.v1.CustomerService.CancelOrderBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.CancelOrderResponse"];
                };
            };
        };
    };
    CustomerService_WatchOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
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
                        result?: components["schemas"]["tiffin.bff.customer.v1.WatchOrderResponse"];
                    };
                };
            };
        };
    };
    CustomerService_SearchRestaurants: {
        parameters: {
            query?: {
                /** @description Such as "indian". */
                cuisine?: string;
                /** @description Where to deliver to: both or neither. */
                latitude?: number;
                longitude?: number;
                /** @description Only those that take orders at this moment. */
                open_only?: boolean;
                /** @description 24 when none is given; 100 at most. */
                page_size?: number;
                /** @description From the page before. */
                page_token?: string;
                /** @description Words; each must start a word of the restaurant's name, cuisines, description or items. */
                query?: string;
            };
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.SearchRestaurantsResponse"];
                };
            };
        };
    };
    CustomerService_GetRestaurant: {
        parameters: {
            query?: {
                /** @description Where to deliver to, for the distance and whether it delivers there: both or neither. */
                latitude?: number;
                longitude?: number;
            };
            header?: never;
            path: {
                restaurant_id: string;
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
                    "application/json": components["schemas"]["tiffin.bff.customer.v1.Restaurant"];
                };
            };
        };
    };
}
