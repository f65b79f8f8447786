package upgrade

import (
	"context"
	"fmt"
	"net"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/identity"
	"tiffin/platform/mongolite"
	"tiffin/platform/rpc"
	"tiffin/platform/run/runtest"
	"tiffin/platform/seal"
)

const patience = 30 * time.Second

// The programs. Today's are the older ones.
const (
	olderBFF      = "older-bff"
	newerBFF      = "newer-bff"
	olderOrdering = "older-ordering"
	newerOrdering = "newer-ordering"
)

func TestMain(m *testing.M) {
	overlay, err := newer()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "make the newer version:", err) // there is nowhere else to say it
		os.Exit(1)
	}
	bff, ordering := "=tiffin/bff/customer/cmd/customer", "=tiffin/services/ordering/cmd/ordering"
	runtest.MainOf(m,
		runtest.Build{Packages: []string{olderBFF + bff, olderOrdering + ordering}},
		runtest.Build{Packages: []string{newerBFF + bff, newerOrdering + ordering}, Overlay: overlay})
}

func newID() string { return ulid.Make().String() }

// ordered and carried are the domains that orders' entries come from.
var (
	ordered = eventlog.DomainOf(&orderingv1.OrderEvent{})
	carried = eventlog.DomainOf(&deliveryv1.DeliveryEvent{})
)

// house is a hub, a database, the newer ordering service, and two replicas of the customer BFF, each in the one version or the other.
type house struct {
	issuer      *identity.Issuer
	faults      *fault.Store
	shared      []string
	database    *mongolite.Server
	place, dish string
	ordering    orderingv1.OrderingServiceClient
	orderingAt  string
	deliveries  *eventlog.Aggregate[struct{}, *deliveryv1.DeliveryEvent]
	replicas    [2]string
	running     [2]*runtest.Process
}

func newHouse(t *testing.T) *house {
	t.Helper()
	data := t.TempDir()
	issuer, err := identity.NewIssuer(data, time.Now)
	require.NoError(t, err)
	server := hubtest.Server(t)
	lite, err := mongolite.Start(mongolite.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, lite.Close(context.WithoutCancel(t.Context()))) })
	h := &house{
		issuer: issuer, database: lite, place: newID(), dish: newID(),
		shared:   []string{"TIFFIN_DATA_DIR=" + data, "TIFFIN_NATS_URL=" + server.URL()},
		replicas: [2]string{runtest.FreeAddr(t), runtest.FreeAddr(t)},
	}
	nc, err := server.Connect()
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	keys, err := seal.NewKeys(t.Context(), nc, 1)
	require.NoError(t, err)
	log, err := eventlog.Open(t.Context(), nc, eventlog.Options{Keys: keys})
	require.NoError(t, err)
	h.faults, err = fault.Open(t.Context(), nc, fault.Options{})
	require.NoError(t, err)
	h.deliveries = recorder[*deliveryv1.DeliveryEvent](log)
	h.openRestaurant(t, log)
	h.ordering, h.orderingAt = h.takeOrders(t, newerOrdering)
	return h
}

// takeOrders has the ordering service run in a version, and returns when it serves.
func (h *house) takeOrders(t *testing.T, version string) (orderingv1.OrderingServiceClient, string) {
	t.Helper()
	addr := runtest.FreeAddr(t)
	runtest.Start(t, version, slices.Concat(h.shared, []string{"TIFFIN_GRPC_ADDR=" + addr})...)
	conn, err := rpc.Dial(addr, rpc.ClientOptions{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	health := healthv1.NewHealthClient(conn)
	require.Eventually(t, func() bool {
		answer, err := health.Check(t.Context(), &healthv1.HealthCheckRequest{})
		return err == nil && answer.GetStatus() == healthv1.HealthCheckResponse_SERVING
	}, patience, 20*time.Millisecond, version)
	return orderingv1.NewOrderingServiceClient(conn), addr
}

// serve has a replica of the BFF run in a version from now on, and returns when it has caught up.
func (h *house) serve(t *testing.T, replica int, version string) {
	t.Helper()
	if running := h.running[replica]; running != nil {
		require.Zero(t, running.Stop(t), running.Stderr.String())
	}
	h.running[replica] = runtest.Start(t, version, slices.Concat(h.shared, []string{
		"TIFFIN_MONGODB_URI=" + h.database.URI(), "TIFFIN_HTTP_ADDR=" + h.replicas[replica],
		"TIFFIN_ORDERING_ADDR=" + h.orderingAt, "TIFFIN_CUSTOMER_ADDR=" + h.orderingAt, // nobody changes a profile
	})...)
	require.Eventually(t, func() bool { // it listens when it has caught up
		conn, err := net.Dial("tcp", h.replicas[replica])
		return err == nil && conn.Close() == nil
	}, patience, 10*time.Millisecond, version)
}
