// Generated from tiffin/bff/restaurant/v1/restaurant.swagger.json. Do not edit.

export interface paths {
    "/api/restaurant/v1/restaurants/{restaurant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The restaurant as its own people see it, with its whole menu. */
        get: operations["RestaurantService_GetRestaurant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/restaurants/{restaurant_id}:open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets it take orders, within its opening hours. */
        post: operations["RestaurantService_OpenRestaurant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/restaurants/{restaurant_id}:pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops it from taking orders until it is opened again. */
        post: operations["RestaurantService_PauseRestaurant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/restaurants/{restaurant_id}/menu/items/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adds an item to the menu, or replaces it as a whole; whether it is sold out stays as it was. */
        put: operations["RestaurantService_PutMenuItem"];
        post?: never;
        /** Takes an item off the menu. */
        delete: operations["RestaurantService_DeleteMenuItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/restaurants/{restaurant_id}/menu/items/{item_id}:back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that a sold-out item can be ordered again. */
        post: operations["RestaurantService_MarkBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/restaurants/{restaurant_id}/menu/items/{item_id}:soldOut": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that an item can't be ordered until it is back. */
        post: operations["RestaurantService_MarkSoldOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/restaurants/{restaurant_id}/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sold today and in the last seven days. Orders that were rejected or refunded do not count. */
        get: operations["RestaurantService_GetSales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/restaurants/{restaurant_id}/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The restaurant's tickets, newest first. */
        get: operations["RestaurantService_ListTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/restaurants/{restaurant_id}/tickets:watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The board, now and after every change, as text/event-stream. May coalesce changes. */
        get: operations["RestaurantService_WatchTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/tickets/{ticket_id}:accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the restaurant will cook it, and when it will be ready. */
        post: operations["RestaurantService_AcceptTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/tickets/{ticket_id}:delay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that it takes longer than was said. */
        post: operations["RestaurantService_DelayTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/tickets/{ticket_id}:handOver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the courier took the food along. */
        post: operations["RestaurantService_HandOverTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/tickets/{ticket_id}:ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the food waits to be collected. */
        post: operations["RestaurantService_MarkTicketReady"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/tickets/{ticket_id}:reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the restaurant will not cook it; before it has started. */
        post: operations["RestaurantService_RejectTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/restaurant/v1/tickets/{ticket_id}:start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that cooking has begun. */
        post: operations["RestaurantService_StartTicket"];
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
        "tiffin.bff.restaurant.v1.AcceptTicketResponse": {
            ticket_id?: string;
        };
        /** @description Everything that the people in the kitchen have to look at. */
        "tiffin.bff.restaurant.v1.Board": {
            name?: string;
            openness?: components["schemas"]["tiffin.bff.restaurant.v1.Openness"];
            restaurant_id?: string;
            sold_out_item_ids?: string[];
            /**
             * @description Tickets that are neither handed over nor rejected, oldest first. One that was cancelled stays for a quarter of an
             *     hour, so that nobody cooks on.
             */
            tickets?: components["schemas"]["tiffin.bff.restaurant.v1.Ticket"][];
        };
        "tiffin.bff.restaurant.v1.DaySales": {
            /** 2026-11-24 */
            date?: string;
            /** Format: int32 */
            orders?: number;
            revenue?: components["schemas"]["tiffin.type.v1.Money"];
        };
        "tiffin.bff.restaurant.v1.DelayTicketResponse": {
            ticket_id?: string;
        };
        "tiffin.bff.restaurant.v1.DeleteMenuItemResponse": {
            item_id?: string;
        };
        "tiffin.bff.restaurant.v1.HandOverTicketResponse": {
            ticket_id?: string;
        };
        "tiffin.bff.restaurant.v1.HourSales": {
            /** Format: int32 */
            hour?: number;
            /** Format: int32 */
            orders?: number;
            revenue?: components["schemas"]["tiffin.type.v1.Money"];
        };
        "tiffin.bff.restaurant.v1.ItemSales": {
            item_id?: string;
            name?: string;
            /** Format: int32 */
            quantity?: number;
            revenue?: components["schemas"]["tiffin.type.v1.Money"];
        };
        "tiffin.bff.restaurant.v1.ListTicketsResponse": {
            /** @description Empty on the last page. */
            next_page_token?: string;
            tickets?: components["schemas"]["tiffin.bff.restaurant.v1.Ticket"][];
        };
        "tiffin.bff.restaurant.v1.MarkBackResponse": {
            item_id?: string;
        };
        "tiffin.bff.restaurant.v1.MarkSoldOutResponse": {
            item_id?: string;
        };
        "tiffin.bff.restaurant.v1.MarkTicketReadyResponse": {
            ticket_id?: string;
        };
        /** @description Whether a restaurant takes orders, and until or from when. */
        "tiffin.bff.restaurant.v1.Openness": {
            /**
             * Format: date-time
             * @description When within its hours: until when. None where they never end.
             */
            closes_at?: string;
            /** @description Takes orders at this moment: within its hours, and not paused. */
            open_now?: boolean;
            /**
             * Format: date-time
             * @description When outside its hours: when they begin next.
             */
            opens_at?: string;
            pause_reason?: string;
            /** @description It takes no orders until it is opened again, whatever its hours say. */
            paused?: boolean;
        };
        "tiffin.bff.restaurant.v1.OpenRestaurantResponse": {
            restaurant_id?: string;
        };
        "tiffin.bff.restaurant.v1.OwnItem": {
            item?: components["schemas"]["tiffin.type.v1.MenuItem"];
            sold_out?: boolean;
        };
        "tiffin.bff.restaurant.v1.PauseRestaurantResponse": {
            restaurant_id?: string;
        };
        "tiffin.bff.restaurant.v1.Period": {
            /** Format: int32 */
            orders?: number;
            revenue?: components["schemas"]["tiffin.type.v1.Money"];
            /** @description Those sold most often, ten at most. */
            top_items?: components["schemas"]["tiffin.bff.restaurant.v1.ItemSales"][];
        };
        "tiffin.bff.restaurant.v1.PutMenuItemResponse": {
            item_id?: string;
        };
        "tiffin.bff.restaurant.v1.RejectTicketResponse": {
            ticket_id?: string;
        };
        "tiffin.bff.restaurant.v1.Restaurant": {
            address?: string;
            /** @description Every price on its menu is in this currency. */
            currency_code?: string;
            description?: string;
            hours?: components["schemas"]["tiffin.type.v1.OpeningHours"];
            /** @description The name of a picture. */
            image?: string;
            /** @description In the order of the menu. */
            items?: components["schemas"]["tiffin.bff.restaurant.v1.OwnItem"][];
            name?: string;
            openness?: components["schemas"]["tiffin.bff.restaurant.v1.Openness"];
            /** Format: int32 */
            preparation_minutes?: number;
            restaurant_id?: string;
        };
        "tiffin.bff.restaurant.v1.RestaurantService.AcceptTicketBody": {
            /** @description From now. None: as long as the restaurant's profile says. */
            ready_in?: string;
        };
        "tiffin.bff.restaurant.v1.RestaurantService.DelayTicketBody": {
            /** @description From now; later than what was said before. */
            ready_in?: string;
        };
        "tiffin.bff.restaurant.v1.RestaurantService.HandOverTicketBody": Record<string, never>;
        "tiffin.bff.restaurant.v1.RestaurantService.MarkBackBody": Record<string, never>;
        "tiffin.bff.restaurant.v1.RestaurantService.MarkSoldOutBody": Record<string, never>;
        "tiffin.bff.restaurant.v1.RestaurantService.MarkTicketReadyBody": Record<string, never>;
        "tiffin.bff.restaurant.v1.RestaurantService.OpenRestaurantBody": Record<string, never>;
        "tiffin.bff.restaurant.v1.RestaurantService.PauseRestaurantBody": {
            /** @description What customers are told; may be empty. */
            reason?: string;
        };
        "tiffin.bff.restaurant.v1.RestaurantService.RejectTicketBody": {
            /** @description What the customer is told. */
            reason?: string;
            /** @description ITEMS_SOLD_OUT, TOO_BUSY, CLOSING, …; none: REJECTED. */
            reason_code?: string;
            /** @description Where the reason is ITEMS_SOLD_OUT. */
            sold_out_item_ids?: string[];
        };
        "tiffin.bff.restaurant.v1.RestaurantService.StartTicketBody": Record<string, never>;
        /**
         * @description What was sold, by the wall clock of the restaurant. A sale is the food of an accepted order, without fee and tip, at the
         *     moment when the order was placed.
         */
        "tiffin.bff.restaurant.v1.Sales": {
            /** @description The week's days, oldest first. */
            days?: components["schemas"]["tiffin.bff.restaurant.v1.DaySales"][];
            /** @description Today's hours, 0 to 23. */
            hours?: components["schemas"]["tiffin.bff.restaurant.v1.HourSales"][];
            restaurant_id?: string;
            /** @description An IANA name: Europe/Berlin. */
            time_zone?: string;
            today?: components["schemas"]["tiffin.bff.restaurant.v1.Period"];
            week?: components["schemas"]["tiffin.bff.restaurant.v1.Period"];
        };
        "tiffin.bff.restaurant.v1.StartTicketResponse": {
            ticket_id?: string;
        };
        /** @description What the restaurant is to cook for one order. It bears the order's id. */
        "tiffin.bff.restaurant.v1.Ticket": {
            /**
             * Format: date-time
             * @description The restaurant is expected to answer until then.
             */
            answer_by?: string;
            /** Format: date-time */
            changed_at?: string;
            lines?: components["schemas"]["tiffin.bff.restaurant.v1.TicketLine"][];
            /** Format: date-time */
            opened_at?: string;
            /**
             * Format: int32
             * @description How long the restaurant's profile says that it takes.
             */
            preparation_minutes?: number;
            /**
             * Format: date-time
             * @description When it is, or was, said to be ready. None before it is accepted.
             */
            ready_at?: string;
            reason?: string;
            /** @description Why it was rejected or cancelled. */
            reason_code?: string;
            restaurant_id?: string;
            /** @description Where it was cancelled: cooking had begun by then. */
            started?: boolean;
            status?: components["schemas"]["tiffin.bff.restaurant.v1.TicketStatus"];
            subtotal?: components["schemas"]["tiffin.type.v1.Money"];
            ticket_id?: string;
        };
        "tiffin.bff.restaurant.v1.TicketLine": {
            item_id?: string;
            name?: string;
            /** @description A wish for the kitchen; kept while the ticket is open only. */
            note?: string;
            options?: string[];
            /** Format: int32 */
            quantity?: number;
        };
        /**
         * @description How far a ticket has come.
         *
         *      - OPENED: Waits for the restaurant's answer.
         *      - READY: Waits to be collected.
         * @default TICKET_STATUS_UNSPECIFIED
         * @enum {string}
         */
        "tiffin.bff.restaurant.v1.TicketStatus": "TICKET_STATUS_UNSPECIFIED" | "OPENED" | "ACCEPTED" | "STARTED" | "READY" | "HANDED_OVER" | "REJECTED" | "CANCELLED";
        "tiffin.bff.restaurant.v1.WatchTicketsResponse": {
            board?: components["schemas"]["tiffin.bff.restaurant.v1.Board"];
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
    RestaurantService_GetRestaurant: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.Restaurant"];
                };
            };
        };
    };
    RestaurantService_OpenRestaurant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                restaurant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.OpenRestaurantBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.OpenRestaurantResponse"];
                };
            };
        };
    };
    RestaurantService_PauseRestaurant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                restaurant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.PauseRestaurantBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.PauseRestaurantResponse"];
                };
            };
        };
    };
    RestaurantService_PutMenuItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A ULID; a new item's is made by the client. */
                item_id: string;
                restaurant_id: string;
            };
            cookie?: never;
        };
        /** @description Its item_id may be left out: the path says it. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.type.v1.MenuItem"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.PutMenuItemResponse"];
                };
            };
        };
    };
    RestaurantService_DeleteMenuItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
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
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.DeleteMenuItemResponse"];
                };
            };
        };
    };
    RestaurantService_MarkBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
                restaurant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.MarkBackBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.MarkBackResponse"];
                };
            };
        };
    };
    RestaurantService_MarkSoldOut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
                restaurant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.MarkSoldOutBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.MarkSoldOutResponse"];
                };
            };
        };
    };
    RestaurantService_GetSales: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.Sales"];
                };
            };
        };
    };
    RestaurantService_ListTickets: {
        parameters: {
            query?: {
                /** @description 20 when none is given; 100 at most. */
                page_size?: number;
                /** @description From the page before. */
                page_token?: string;
                /**
                 * @description Any of these; none: all.
                 *
                 *      - OPENED: Waits for the restaurant's answer.
                 *      - READY: Waits to be collected.
                 */
                status?: ("TICKET_STATUS_UNSPECIFIED" | "OPENED" | "ACCEPTED" | "STARTED" | "READY" | "HANDED_OVER" | "REJECTED" | "CANCELLED")[];
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
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.ListTicketsResponse"];
                };
            };
        };
    };
    RestaurantService_WatchTickets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                restaurant_id: string;
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
                        result?: components["schemas"]["tiffin.bff.restaurant.v1.WatchTicketsResponse"];
                    };
                };
            };
        };
    };
    RestaurantService_AcceptTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.AcceptTicketBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.AcceptTicketResponse"];
                };
            };
        };
    };
    RestaurantService_DelayTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.DelayTicketBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.DelayTicketResponse"];
                };
            };
        };
    };
    RestaurantService_HandOverTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.HandOverTicketBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.HandOverTicketResponse"];
                };
            };
        };
    };
    RestaurantService_MarkTicketReady: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.MarkTicketReadyBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.MarkTicketReadyResponse"];
                };
            };
        };
    };
    RestaurantService_RejectTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.RejectTicketBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RejectTicketResponse"];
                };
            };
        };
    };
    RestaurantService_StartTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["tiffin.bff.restaurant.v1.RestaurantService.StartTicketBody"];
            };
        };
        responses: {
            /** @description A successful response. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tiffin.bff.restaurant.v1.StartTicketResponse"];
                };
            };
        };
    };
}
