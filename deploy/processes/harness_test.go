package processes

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	"tiffin/platform/hub/hubtest"
	"tiffin/platform/identity"
	"tiffin/platform/mongolite"
	"tiffin/platform/rpc"
	"tiffin/platform/run/runtest"
)

const patience = 30 * time.Second

// services are all that there are; each is a process of its own.
var services = []string{
	"restaurant", "ordering", "kitchen", "delivery", "courier", "payment", "customer", "fulfilment", "dispatch", "erasure",
}

// commands are whom a process commands, and so must know the address of.
var commands = map[string][]string{
	"fulfilment": {"ordering", "payment", "kitchen", "delivery"}, "dispatch": {"courier", "delivery"}, "erasure": {"ordering", "customer"},
	"customer-bff": {"ordering", "customer"}, "restaurant-bff": {"kitchen", "restaurant"}, "courier-bff": {"courier", "delivery"},
}

// hurried are the processes that know of the time factor.
var hurried = map[string]bool{"payment": true, "fulfilment": true, "dispatch": true, "erasure": true, "customer-bff": true}

// bffs are there for the whole test.
var bffs = []string{"customer-bff", "restaurant-bff", "courier-bff"}

func TestMain(m *testing.M) {
	programs := []string{"tiffin/deploy/sandbox/cmd/sandbox"}
	for _, name := range services {
		programs = append(programs, "tiffin/services/"+name+"/cmd/"+name)
	}
	for _, name := range bffs {
		audience := strings.TrimSuffix(name, "-bff")
		programs = append(programs, name+"=tiffin/bff/"+audience+"/cmd/"+audience)
	}
	runtest.Main(m, programs...)
}

func newID() string { return ulid.Make().String() }

// cell is one of everything.
type cell struct {
	issuer *identity.Issuer
	shared []string
	// addrs are where each process listens, for gRPC or for HTTP; webhooks is where the payment service does for HTTP.
	addrs     map[string]string
	webhooks  string
	database  string
	processes map[string]*runtest.Process
}

// open starts one of everything around a hub and a database.
func open(t *testing.T) *cell {
	t.Helper()
	data := t.TempDir()
	issuer, err := identity.NewIssuer(data, time.Now)
	require.NoError(t, err)
	c := &cell{
		issuer: issuer, shared: []string{"TIFFIN_DATA_DIR=" + data, "TIFFIN_NATS_URL=" + hubtest.Server(t).URL()},
		addrs: map[string]string{"sandbox": runtest.FreeAddr(t)}, webhooks: runtest.FreeAddr(t), database: database(t),
		processes: map[string]*runtest.Process{},
	}
	for _, name := range append(services, bffs...) {
		c.addrs[name] = runtest.FreeAddr(t)
	}
	runtest.Start(t, "sandbox", "SANDBOX_ADDR="+c.addrs["sandbox"], "SANDBOX_API_KEY=key", "SANDBOX_WEBHOOK_SECRET=secret",
		"SANDBOX_WEBHOOK_URL=http://"+c.webhooks+"/webhooks/payment", "SANDBOX_LATE=1s", "SANDBOX_PENDING=1s")
	for _, name := range append(services, bffs...) {
		c.start(t, name)
	}
	for _, name := range services {
		c.serving(t, name)
	}
	return c
}

// start starts a process, the first time or again.
func (c *cell) start(t *testing.T, name string) {
	t.Helper()
	settings := append([]string{}, c.shared...)
	if strings.HasSuffix(name, "-bff") {
		settings = append(settings, "TIFFIN_HTTP_ADDR="+c.addrs[name], "TIFFIN_MONGODB_URI="+c.database)
	} else {
		settings = append(settings, "TIFFIN_GRPC_ADDR="+c.addrs[name])
	}
	for _, commanded := range commands[name] {
		settings = append(settings, "TIFFIN_"+strings.ToUpper(commanded)+"_ADDR="+c.addrs[commanded])
	}
	if hurried[name] {
		settings = append(settings, "TIFFIN_TIME_FACTOR=5")
	}
	if name == "payment" {
		settings = append(settings, "TIFFIN_HTTP_ADDR="+c.webhooks, "TIFFIN_PROCESSOR_URL=http://"+c.addrs["sandbox"],
			"TIFFIN_PROCESSOR_KEY=key", "TIFFIN_PROCESSOR_WEBHOOK_SECRET=secret")
	}
	c.processes[name] = runtest.Start(t, name, settings...)
}

// serving waits until all of the process says that it serves.
func (c *cell) serving(t *testing.T, name string) {
	t.Helper()
	health := healthv1.NewHealthClient(c.dial(t, name))
	require.Eventually(t, func() bool {
		answer, err := health.Check(t.Context(), &healthv1.HealthCheckRequest{})
		return err == nil && answer.GetStatus() == healthv1.HealthCheckResponse_SERVING
	}, patience, 20*time.Millisecond, name)
}

func (c *cell) dial(t *testing.T, name string) *grpc.ClientConn {
	t.Helper()
	conn, err := rpc.Dial(c.addrs[name], rpc.ClientOptions{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// database is empty: a BFF's is named after it, so an engine that others use, too, would hold another log's views.
func database(t *testing.T) string {
	t.Helper()
	lite, err := mongolite.Start(mongolite.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, lite.Close(context.WithoutCancel(t.Context()))) })
	return lite.URI()
}
