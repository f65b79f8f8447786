package orders_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
)

type story []proto.Message

// before is how far an order is when most things happen.
var (
	asked   = story{placed(), authorized, opened}
	agreed  = append(asked[:3:3], accepted, confirmed, assigned)
	cooking = append(agreed[:6:6], started)
	onItWay = append(cooking[:7:7], ready, pickedUp)
)

func (s story) and(more ...proto.Message) story { return append(s[:len(s):len(s)], more...) }

func TestAnOrdersStory(t *testing.T) {
	const free, food = 0, 1000
	for name, c := range map[string]struct {
		story         story
		status, stage string
		// cost is what cancelling costs; -1: it can't be cancelled.
		cost                  int64
		code                  string
		courier, isOnItsWay   bool
		state                 string
		charged               int64
		moneyCode, moneyWords string
	}{
		"placed":             {story: story{placed()}, status: "PLACED", stage: "PLACED", cost: free, state: "PENDING"},
		"card declined":      {story: story{placed(), declined}, status: "PLACED", stage: "PAYMENT_DECLINED", cost: -1, state: "DECLINED", moneyCode: "CARD_EXPIRED", moneyWords: "expired"},
		"declined, rejected": {story: story{placed(), declined, rejected("PAYMENT_DECLINED", "The card has expired"), voided}, status: "REJECTED", stage: "PAYMENT_DECLINED", cost: -1, code: "PAYMENT_DECLINED", state: "RELEASED", moneyCode: "CARD_EXPIRED", moneyWords: "expired"},
		"asked":              {story: asked, status: "PLACED", stage: "PAYMENT_AUTHORIZED", cost: free, state: "AUTHORIZED"},
		"restaurant says no": {
			story:  asked.and(soldOut, rejected("ITEMS_SOLD_OUT", "No more dal"), voiding("ITEMS_SOLD_OUT"), voided),
			status: "REJECTED", stage: "REJECTED", cost: -1, code: "ITEMS_SOLD_OUT", state: "RELEASED", moneyCode: "ITEMS_SOLD_OUT", moneyWords: "sold out",
		},
		"restaurant says nothing": {
			story:  asked.and(rejected("RESTAURANT_SILENT", "The restaurant did not answer."), voiding("RESTAURANT_SILENT"), voided),
			status: "REJECTED", stage: "REJECTED", cost: -1, code: "RESTAURANT_SILENT", state: "RELEASED", moneyCode: "RESTAURANT_SILENT", moneyWords: "did not answer",
		},
		"accepted":       {story: asked.and(accepted), status: "PLACED", stage: "ACCEPTED", cost: free, isOnItsWay: true, state: "AUTHORIZED"},
		"confirmed":      {story: agreed, status: "CONFIRMED", stage: "ACCEPTED", cost: free, courier: true, isOnItsWay: true, state: "AUTHORIZED"},
		"delayed":        {story: agreed.and(delayed), status: "CONFIRMED", stage: "ACCEPTED", cost: free, courier: true, isOnItsWay: true, state: "AUTHORIZED"},
		"only confirmed": {story: story{placed(), confirmed}, status: "CONFIRMED", stage: "ACCEPTED", cost: free, state: "PENDING"},
		"cooking":        {story: cooking, status: "CONFIRMED", stage: "COOKING", cost: food, courier: true, isOnItsWay: true, state: "AUTHORIZED"},
		"courier gone":   {story: cooking.and(released), status: "CONFIRMED", stage: "COOKING", cost: food, isOnItsWay: true, state: "AUTHORIZED"},
		"ready":          {story: cooking.and(ready), status: "CONFIRMED", stage: "READY", cost: food, courier: true, isOnItsWay: true, state: "AUTHORIZED"},
		"picked up":      {story: onItWay, status: "CONFIRMED", stage: "PICKED_UP", cost: -1, courier: true, isOnItsWay: true, state: "AUTHORIZED"},
		"delivered":      {story: onItWay.and(delivered), status: "CONFIRMED", stage: "DELIVERED", cost: -1, state: "AUTHORIZED"},
		"completed": {
			story:  onItWay.and(delivered, capturing("DELIVERED"), captured(1300), completed),
			status: "COMPLETED", stage: "COMPLETED", cost: -1, state: "CAPTURED", charged: 1300,
		},
		"can't be charged": {
			story:  onItWay.and(delivered, capturing("DELIVERED"), refusal(paymentv1.OperationKind_OPERATION_KIND_CAPTURE), voiding("CAPTURE_FAILED"), voided, completed),
			status: "COMPLETED", stage: "COMPLETED", cost: -1, state: "RELEASED", moneyCode: "CAPTURE_FAILED", moneyWords: "could not be charged",
		},
		"nobody takes it": {
			story:  cooking.and(released, failed("NO_COURIER", "Nobody took it"), cancelled("NO_COURIER", "Nobody took it"), voiding("NO_COURIER"), voided),
			status: "CANCELLED", stage: "DELIVERY_FAILED", cost: -1, code: "NO_COURIER", state: "RELEASED", moneyCode: "NO_COURIER", moneyWords: "Nobody could",
		},
		"lost on its way": {
			story:  onItWay.and(failed("FOOD_DAMAGED", "It fell"), cancelled("DELIVERY_FAILED", "It fell"), voiding("DELIVERY_FAILED"), voided),
			status: "CANCELLED", stage: "DELIVERY_FAILED", cost: -1, code: "DELIVERY_FAILED", state: "RELEASED", moneyCode: "DELIVERY_FAILED", moneyWords: "lost or damaged",
		},
		"nobody there": {
			story:  onItWay.and(failed("NOBODY_THERE", "Nobody opened"), cancelled("CUSTOMER_UNREACHABLE", "Nobody opened"), capturing("CUSTOMER_UNREACHABLE"), captured(1250)),
			status: "CANCELLED", stage: "DELIVERY_FAILED", cost: -1, code: "CUSTOMER_UNREACHABLE", state: "CAPTURED", charged: 1250, moneyCode: "CUSTOMER_UNREACHABLE", moneyWords: "the tip is not",
		},
		"cancelled for nothing": {
			story:  agreed.and(cancelled("", "Changed my mind"), calledOff, voiding("CUSTOMER_CANCELLED"), voided),
			status: "CANCELLED", stage: "CANCELLED", cost: -1, code: "CUSTOMER_CANCELLED", state: "RELEASED", moneyCode: "CUSTOMER_CANCELLED", moneyWords: "is free",
		},
		"cancelled for the food": {
			story:  cooking.and(cancelled("", "Changed my mind"), calledOff, capturing("CUSTOMER_CANCELLED"), captured(1000)),
			status: "CANCELLED", stage: "CANCELLED", cost: -1, code: "CUSTOMER_CANCELLED", state: "CAPTURED", charged: 1000, moneyCode: "CUSTOMER_CANCELLED", moneyWords: "the food is paid",
		},
		"cancelled, and on its way": {
			story:  onItWay.and(cancelled("", "Changed my mind")),
			status: "CANCELLED", stage: "CANCELLED", cost: -1, code: "CUSTOMER_CANCELLED", courier: true, isOnItsWay: true, state: "AUTHORIZED",
		},
		"cancelled, and delivered": {
			story:  onItWay.and(cancelled("", "Changed my mind"), delivered, capturing("CUSTOMER_CANCELLED"), captured(1300)),
			status: "CANCELLED", stage: "DELIVERED", cost: -1, code: "CUSTOMER_CANCELLED", state: "CAPTURED", charged: 1300, moneyCode: "CUSTOMER_CANCELLED", moneyWords: "comes all the same",
		},
		"kitchen overdue": {
			story:  cooking.and(cancelled("KITCHEN_OVERDUE", "Too late"), calledOff, voiding("KITCHEN_OVERDUE"), voided),
			status: "CANCELLED", stage: "CANCELLED", cost: -1, code: "KITCHEN_OVERDUE", state: "RELEASED", moneyCode: "KITCHEN_OVERDUE", moneyWords: "not ready",
		},
		"given back": {
			story:  onItWay.and(delivered, capturing("DELIVERED"), captured(1300), completed, refunding("The soup was cold"), refunded(200)),
			status: "COMPLETED", stage: "COMPLETED", cost: -1, state: "REFUNDED", charged: 1300, moneyWords: "soup was cold",
		},
		"not released": {
			story:  asked.and(cancelled("", ""), voiding("CUSTOMER_CANCELLED"), refusal(paymentv1.OperationKind_OPERATION_KIND_VOID)),
			status: "CANCELLED", stage: "CANCELLED", cost: -1, code: "CUSTOMER_CANCELLED", state: "UNSETTLED", moneyCode: "RELEASE_FAILED", moneyWords: "looking into it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := fold(t, c.story...)
			m := d.Message()
			require.Equal(t, []string{c.status, c.stage}, []string{m.GetStatus().String(), m.GetStage().String()})
			require.Equal(t, c.cost >= 0, m.GetCancellable())
			require.Equal(t, c.cost >= 0, m.GetCancellationCharge() != nil)
			require.Equal(t, max(c.cost, 0), m.GetCancellationCharge().GetMinorUnits())
			require.Equal(t, c.code, m.GetReasonCode())
			require.Equal(t, c.courier, d.CourierID == "ben")
			onItsWay := d.Expected()
			require.Equal(t, c.isOnItsWay, onItsWay)
			require.Equal(t, c.state, m.GetPayment().GetState().String())
			require.Equal(t, c.charged, m.GetPayment().GetCharged().GetMinorUnits())
			require.Equal(t, c.moneyCode, m.GetPayment().GetReasonCode())
			require.Contains(t, m.GetPayment().GetReason(), c.moneyWords)
		})
	}
}

// Clients that know only the first statuses read them as they always were.
func TestTheStatusIsOneOfThoseThatClientsKnow(t *testing.T) {
	for i := range len(onItWay) {
		require.LessOrEqual(t, fold(t, onItWay[:i+1]...).Message().GetStatus(), customerv1.OrderStatus_COMPLETED)
	}
}

func TestTheTimelineTellsAllOfIt(t *testing.T) {
	m := fold(t, onItWay.and(delivered, capturing("DELIVERED"), captured(1300), completed)...).Message()
	var told []string
	for _, e := range m.GetTimeline() {
		told = append(told, e.GetStatus().String())
	}
	require.Equal(t, []string{
		"PLACED", "PAYMENT_AUTHORIZED", "ACCEPTED", "CONFIRMED", "COURIER_ASSIGNED", "COOKING", "READY", "PICKED_UP", "DELIVERED",
		"PAYMENT_CAPTURED", "COMPLETED",
	}, told)
	require.Equal(t, start.Add(20*time.Minute).Truncate(time.Millisecond), m.GetTimeline()[2].GetReadyAt().AsTime())
	require.EqualValues(t, 1300, m.GetTimeline()[9].GetAmount().GetMinorUnits())
	require.Nil(t, m.GetTimeline()[10].GetAmount())
}

func TestWhatIsWaitedForIsSaid(t *testing.T) {
	require.Equal(t, start.Add(5*time.Minute).Truncate(time.Millisecond), fold(t, asked...).Message().GetAnswerBy().AsTime())
	m := fold(t, agreed.and(delayed)...).Message()
	require.Nil(t, m.GetAnswerBy(), "it has answered")
	require.Equal(t, start.Add(30*time.Minute).Truncate(time.Millisecond), m.GetReadyAt().AsTime())
}

func TestWhatIsSoldOutIsSaid(t *testing.T) {
	require.False(t, fold(t, asked...).Message().GetItems()[0].GetSoldOut())
	require.True(t, fold(t, asked.and(soldOut)...).Message().GetItems()[0].GetSoldOut())
}

func TestTheHistorySaysWhatWasPaid(t *testing.T) {
	require.Nil(t, fold(t, cooking...).Summary().GetCharged())
	s := fold(t, onItWay.and(delivered, captured(1300), refunded(300))...).Summary()
	require.EqualValues(t, 1000, s.GetCharged().GetMinorUnits())
	require.Equal(t, customerv1.OrderStatus_DELIVERED, s.GetStage())
}

// What customers are told before they cancel is what the refund rules have them pay.
func TestCancellingCostsWhatTheRulesSay(t *testing.T) {
	raw, err := os.ReadFile("../../../docs/refund-rules.md")
	require.NoError(t, err)
	rules := map[string]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| customer cancelled \| ([^|]+) \| ([^|]+) \|`).FindAllStringSubmatch(string(raw), -1) {
		rules[strings.TrimSpace(row[1])] = strings.TrimSpace(row[2])
	}
	told := map[string]string{}
	for stage, story := range map[string]story{"not begun by the kitchen": agreed, "in the kitchen": cooking} {
		told[stage] = map[int64]string{0: "nothing", 1000: "the food"}[fold(t, story...).Message().GetCancellationCharge().GetMinorUnits()]
	}
	told["on its way"] = "everything, tip included" // so that it is of no use, and not offered
	require.Equal(t, rules, told)
}
