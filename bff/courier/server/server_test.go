package server_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/position"
	"tiffin/platform/problem"
)

func started() *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftStarted{ShiftStarted: &courierv1.ShiftStarted{}}}
}

func offered(deliveryID string) *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryOffered{DeliveryOffered: &courierv1.DeliveryOffered{
		OfferId: offer, DeliveryId: deliveryID, RestaurantName: "Café", PickUp: &typev1.Location{Latitude: 52.52, Longitude: 13.4},
		DropOff: &typev1.Personal{PersonId: "ann", Data: &typev1.PersonalData{Text: "Street 1", Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4}}},
		Payout:  &typev1.Money{CurrencyCode: "EUR", MinorUnits: 450}, ExpiresAt: timestamppb.New(noon.Add(30 * time.Second)),
	}}}
}

func accepted(deliveryID string) *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferAccepted{
		OfferAccepted: &courierv1.OfferAccepted{OfferId: offer, DeliveryId: deliveryID},
	}}
}

func finished(deliveryID string, earned int64) *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryFinished{DeliveryFinished: &courierv1.DeliveryFinished{
		DeliveryId: deliveryID, Outcome: courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED,
		Earned: &typev1.Money{CurrencyCode: "EUR", MinorUnits: earned},
	}}}
}

func deliveryID(n int) string { return fmt.Sprintf("01ARZ3NDEKTSV4RRFFQ69G5F%02d", n) }

func TestWhoMaySeeAndDoWhat(t *testing.T) {
	h := open(t)
	h.happens(t, 1, mina, noon, started())
	for name, c := range map[string]struct {
		method, caller, path string
		status               int
		code                 string
	}{
		"nobody":           {"GET", "", "couriers/" + mina, 401, "UNAUTHENTICATED"},
		"a forged token":   {"GET", "mallory", "couriers/" + mina, 401, "UNAUTHENTICATED"},
		"another courier":  {"GET", omar, "couriers/" + mina, 403, "FORBIDDEN"},
		"a customer":       {"GET", "customer", "couriers/" + mina, 403, "FORBIDDEN"},
		"watching":         {"GET", omar, "couriers/" + mina + ":watch", 403, "FORBIDDEN"},
		"offers":           {"GET", omar, "couriers/" + mina + "/offers", 403, "FORBIDDEN"},
		"history":          {"GET", omar, "couriers/" + mina + "/deliveries", 403, "FORBIDDEN"},
		"earnings":         {"GET", omar, "couriers/" + mina + "/earnings", 403, "FORBIDDEN"},
		"a shift":          {"POST", omar, "couriers/" + mina + ":startShift", 403, "FORBIDDEN"},
		"its end":          {"POST", omar, "couriers/" + mina + ":endShift", 403, "FORBIDDEN"},
		"a place":          {"PUT", omar, "couriers/" + mina + "/location", 403, "FORBIDDEN"},
		"accepting":        {"POST", "customer", "deliveries/" + delivery + ":accept", 403, "FORBIDDEN"},
		"failing":          {"POST", "customer", "deliveries/" + delivery + ":fail", 403, "FORBIDDEN"},
		"unknown courier":  {"GET", omar, "couriers/" + omar, 404, "COURIER_NOT_FOUND"},
		"unknown offer":    {"POST", mina, "deliveries/" + delivery + ":accept", 404, "OFFER_NOT_FOUND"},
		"no such path":     {"GET", mina, "nothing", 404, "NO_SUCH_PATH"},
		"bad page size":    {"GET", mina, "couriers/" + mina + "/deliveries?page_size=-1", 400, "INVALID_ARGUMENT"},
		"bad page token":   {"GET", mina, "couriers/" + mina + "/deliveries?page_token=xx", 400, "INVALID_ARGUMENT"},
		"bad zone":         {"GET", mina, "couriers/" + mina + "?time_zone=Local", 400, "INVALID_ARGUMENT"},
		"bad day":          {"GET", mina, "couriers/" + mina + "/earnings?date=24.11.", 400, "INVALID_ARGUMENT"},
		"unknown position": {"GET", mina, "couriers/" + mina, 400, "INVALID_ARGUMENT"},
	} {
		t.Run(name, func(t *testing.T) {
			var headers []string
			if name == "unknown position" {
				headers = []string{"Tiffin-Position", "rubbish"}
			}
			body := ""
			if c.method != http.MethodGet {
				body = "{}"
			}
			answer := h.ask(t, c.method, c.path, c.caller, body, headers...)
			require.Equal(t, c.status, answer.StatusCode)
			require.Equal(t, problem.ContentType, answer.Header.Get("Content-Type"))
			require.Equal(t, c.code, read[problem.Document](t, answer).Code)
		})
	}
	require.Empty(t, h.domains.asked, "what is refused here goes no further")
	require.Equal(t, 200, h.ask(t, http.MethodGet, "openapi.json", "", "").StatusCode)
}

func TestTheCourierNow(t *testing.T) {
	h := open(t)
	h.happens(t, 1, mina, noon, started())
	h.happens(t, 2, mina, noon, offered(delivery))
	answer := h.ask(t, http.MethodGet, "couriers/"+mina, mina, "", "Tiffin-Position", position.Token{"courier": 9}.Encode())
	require.Equal(t, 200, answer.StatusCode)
	require.Equal(t, "true", answer.Header.Get("Tiffin-Stale"))
	type open struct {
		OfferID        string            `json:"offer_id"`
		ExpiresIn      string            `json:"expires_in"`
		DistanceMeters int               `json:"distance_meters"`
		Payout         map[string]string `json:"payout"`
	}
	now := read[struct {
		OnShift bool `json:"on_shift"`
		Offer   open `json:"offer"`
	}](t, answer)
	want := open{offer, "30s", 1112, map[string]string{"currency_code": "EUR", "minor_units": "450"}}
	require.True(t, now.OnShift)
	require.Equal(t, want, now.Offer)
	list := read[struct{ Offers []open }](t, h.ask(t, http.MethodGet, "couriers/"+mina+"/offers", mina, ""))
	require.Equal(t, []open{want}, list.Offers)
}

func TestEachVerbIsOneCommand(t *testing.T) {
	h := open(t)
	h.happens(t, 1, mina, noon, started())
	h.happens(t, 2, mina, noon, offered(delivery))
	for name, c := range map[string]struct {
		path, body string
		want       proto.Message
	}{
		"start":             {"couriers/" + mina + ":startShift", `{}`, &courierv1.StartShiftRequest{CourierId: mina}},
		"end":               {"couriers/" + mina + ":endShift", `{}`, &courierv1.EndShiftRequest{CourierId: mina}},
		"accept":            {"deliveries/" + delivery + ":accept", `{}`, &courierv1.AcceptOfferRequest{CourierId: mina, OfferId: offer}},
		"accept-that-one":   {"deliveries/" + delivery + ":accept", `{"offer_id":"` + omar + `"}`, &courierv1.AcceptOfferRequest{CourierId: mina, OfferId: omar}},
		"decline":           {"deliveries/" + delivery + ":decline", `{"reason":"far"}`, &courierv1.DeclineOfferRequest{CourierId: mina, OfferId: offer, Reason: "far"}},
		"pick-up":           {"deliveries/" + delivery + ":pickUp", `{}`, &deliveryv1.PickUpDeliveryRequest{DeliveryId: delivery, CourierId: mina}},
		"deliver":           {"deliveries/" + delivery + ":deliver", `{}`, &deliveryv1.DeliverDeliveryRequest{DeliveryId: delivery, CourierId: mina}},
		"release":           {"deliveries/" + delivery + ":release", `{"reason_code":"A","reason":"b"}`, &deliveryv1.ReleaseDeliveryRequest{DeliveryId: delivery, CourierId: mina, ReasonCode: "A", Reason: "b"}},
		"could-not-deliver": {"deliveries/" + delivery + ":fail", `{"reason_code":"A","reason":"b"}`, &deliveryv1.FailDeliveryRequest{DeliveryId: delivery, ReasonCode: "A", Reason: "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			h.domains.asked, h.domains.keys, h.domains.refusal = nil, nil, nil
			answer := h.ask(t, http.MethodPost, c.path, mina, c.body, "Idempotency-Key", name)
			require.Equal(t, 200, answer.StatusCode)
			require.True(t, proto.Equal(c.want, h.domains.asked[0]), "%v", h.domains.asked[0])
			require.Equal(t, name, h.domains.keys[0])
			seen, err := position.Parse(answer.Header.Get("Tiffin-Position"))
			require.NoError(t, err)
			require.GreaterOrEqual(t, max(seen["courier"], seen["delivery"]), uint64(41))
			require.Equal(t, 422, h.ask(t, http.MethodPost, c.path, mina, `{"courier_id":"x","delivery_id":"x","reason":"y","offer_id":"z"}`, "Idempotency-Key", name).StatusCode)
			h.domains.refusal = problem.Refuse("TOO_LATE", "it is too late")
			answer = h.ask(t, http.MethodPost, c.path, mina, c.body)
			require.Equal(t, 409, answer.StatusCode)
			require.Equal(t, "TOO_LATE", read[problem.Document](t, answer).Code)
			require.Len(t, h.domains.keys[len(h.domains.keys)-1], 26, "the server makes an id")
		})
	}
}

func TestARepeatedAcceptMeansTheSameOffer(t *testing.T) {
	h := open(t)
	h.happens(t, 1, mina, noon, offered(delivery))
	h.happens(t, 2, mina, noon, accepted(delivery))
	require.Equal(t, 200, h.ask(t, http.MethodPost, "deliveries/"+delivery+":accept", mina, `{}`, "Idempotency-Key", "k").StatusCode)
	require.True(t, proto.Equal(&courierv1.AcceptOfferRequest{CourierId: mina, OfferId: offer}, h.domains.asked[0]))
}

func TestWhereACourierIsIsToldOn(t *testing.T) {
	h := open(t)
	path := "couriers/" + mina + "/location"
	require.Equal(t, 200, h.ask(t, http.MethodPut, path, mina, `{"latitude":52.5,"longitude":13.4}`).StatusCode)
	told := <-h.places
	require.Equal(t, mina, told.CourierID)
	require.Equal(t, noon, told.Time)
	require.InDelta(t, 52.5, told.At.GetLatitude(), 0)
	require.InDelta(t, 13.4, told.At.GetLongitude(), 0)
	require.Equal(t, 400, h.ask(t, http.MethodPut, path, mina, `{"latitude":91,"longitude":13.4}`).StatusCode)
	require.Equal(t, 400, h.ask(t, http.MethodPut, path, mina, `{"latitude":"NaN"}`).StatusCode)
	require.Empty(t, h.places)
}

func TestHistoryPagesAreStable(t *testing.T) {
	h := open(t)
	take := func(n int, courierID string) {
		when := noon.Add(time.Duration(n/2) * time.Minute) // some at the same time
		h.happens(t, uint64(10*n), courierID, when, offered(deliveryID(n)))
		h.happens(t, uint64(10*n+1), courierID, when, accepted(deliveryID(n)))
		h.happens(t, uint64(10*n+2), courierID, when, finished(deliveryID(n), 100))
	}
	for n := 1; n <= 5; n++ {
		take(n, mina)
	}
	take(6, omar)
	h.happens(t, 69, mina, noon.Add(time.Hour), offered(deliveryID(9))) // an offer is no history
	type page struct {
		Deliveries []struct {
			DeliveryID string `json:"delivery_id"`
			State      string `json:"state"`
		}
		NextPageToken string `json:"next_page_token"`
	}
	var got []string
	token := ""
	for {
		p := read[page](t, h.ask(t, http.MethodGet, "couriers/"+mina+"/deliveries?page_size=2&page_token="+token, mina, ""))
		for _, d := range p.Deliveries {
			got = append(got, d.DeliveryID)
			require.Equal(t, "DELIVERED", d.State)
		}
		if token = p.NextPageToken; token == "" {
			break
		}
		take(20+len(got), mina) // newer than all: shifts nothing
	}
	require.Equal(t, []string{deliveryID(5), deliveryID(4), deliveryID(3), deliveryID(2), deliveryID(1)}, got)
}

func TestAWeekOfEarnings(t *testing.T) {
	h := open(t)
	// Berlin is an hour ahead: what UTC calls Sunday evening is Monday there.
	for n, when := range []time.Time{
		time.Date(2026, 11, 22, 22, 59, 0, 0, time.UTC), time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC), noon, noon.Add(time.Minute),
		time.Date(2026, 11, 29, 22, 59, 0, 0, time.UTC), time.Date(2026, 11, 29, 23, 0, 0, 0, time.UTC),
	} {
		h.happens(t, uint64(n+1), mina, when, finished(deliveryID(n), 100<<n))
	}
	type earnings struct {
		Days []struct {
			Date      string `json:"date"`
			Delivered int    `json:"delivered"`
			Earned    *struct {
				MinorUnits string `json:"minor_units"`
			} `json:"earned"`
		}
		Total struct {
			MinorUnits string `json:"minor_units"`
		}
		Delivered int `json:"delivered"`
	}
	week := read[earnings](t, h.ask(t, http.MethodGet, "couriers/"+mina+"/earnings?time_zone=Europe/Berlin", mina, ""))
	require.Len(t, week.Days, 7)
	require.Equal(t, "2026-11-23", week.Days[0].Date)
	require.Equal(t, "200", week.Days[0].Earned.MinorUnits)
	require.Equal(t, "1200", week.Days[1].Earned.MinorUnits)
	require.Equal(t, 2, week.Days[1].Delivered)
	require.Nil(t, week.Days[2].Earned)
	require.Equal(t, "2026-11-29", week.Days[6].Date)
	require.Equal(t, "1600", week.Days[6].Earned.MinorUnits)
	require.Equal(t, "3000", week.Total.MinorUnits)
	require.Equal(t, 4, week.Delivered)
	before := read[earnings](t, h.ask(t, http.MethodGet, "couriers/"+mina+"/earnings?time_zone=Europe/Berlin&date=2026-11-22", mina, ""))
	require.Equal(t, "2026-11-16", before.Days[0].Date)
	require.Equal(t, "100", before.Total.MinorUnits)
}

// watched reads a stream up to a document that is as expected.
func watched(t *testing.T, lines *bufio.Scanner) func(ok func(now map[string]any) bool) {
	return func(ok func(now map[string]any) bool) {
		t.Helper()
		for lines.Scan() {
			if data, is := strings.CutPrefix(lines.Text(), "data: "); is {
				var now map[string]any
				require.NoError(t, json.Unmarshal([]byte(data), &now))
				if ok(now) {
					return
				}
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
	}
}

func TestWhoFetchesTheFoodHearsThatItIsReadyBeforeItsTime(t *testing.T) {
	h := open(t)
	h.happens(t, 1, mina, noon, started())
	h.happens(t, 2, mina, noon, offered(delivery))
	promised := noon.Add(20 * time.Minute)
	h.says(t, 3, &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{
		TicketAccepted: &kitchenv1.TicketAccepted{ReadyAt: timestamppb.New(promised)},
	}})
	next := watched(t, bufio.NewScanner(h.ask(t, http.MethodGet, "couriers/"+mina+":watch", mina, "").Body))
	next(func(now map[string]any) bool { return now["offer"] != nil })
	h.happens(t, 4, mina, noon, accepted(delivery))
	food := func(ready bool, at time.Time) func(map[string]any) bool {
		return func(now map[string]any) bool {
			held, _ := now["delivery"].(map[string]any)
			return held["food_ready"] == ready && held["ready_at"] == at.Format(time.RFC3339)
		}
	}
	next(food(false, promised))
	later := promised.Add(10 * time.Minute)
	h.says(t, 5, &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketDelayed{
		TicketDelayed: &kitchenv1.TicketDelayed{ReadyAt: timestamppb.New(later)},
	}})
	next(food(false, later))
	h.says(t, 6, &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketReady{TicketReady: &kitchenv1.TicketReady{}}})
	next(food(true, later))
}

func TestWatchingTheCourier(t *testing.T) {
	h := open(t)
	h.happens(t, 1, mina, noon, started())
	answer := h.ask(t, http.MethodGet, "couriers/"+mina+":watch", mina, "")
	require.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
	lines := bufio.NewScanner(answer.Body)
	next := watched(t, lines)
	next(func(now map[string]any) bool { return now["on_shift"] == true && now["offer"] == nil })
	h.happens(t, 2, mina, noon, offered(delivery))
	next(func(now map[string]any) bool { return now["offer"] != nil })
	h.beats <- time.Time{}
	next(func(now map[string]any) bool { return len(now) == 0 })
	resumed := h.ask(t, http.MethodGet, "couriers/"+mina+":watch", mina, "", "Last-Event-ID", position.Token{"courier": 9}.Encode())
	require.Equal(t, "true", resumed.Header.Get("Tiffin-Stale"))
	lines = bufio.NewScanner(resumed.Body)
	require.True(t, lines.Scan())
	require.Equal(t, "id: "+position.Token{"courier": 9}.Encode(), lines.Text())
	require.True(t, lines.Scan())
	require.Equal(t, "event: stale", lines.Text())
}
