package city_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/reflect/protoreflect"

	"tiffin/deploy/local/city"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/identity"
	"tiffin/platform/rpc"
	courierserver "tiffin/services/courier/server"
	"tiffin/services/restaurant/server"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// A map of the server's own that lives as long as the process.
		goleak.IgnoreTopFunction("github.com/nats-io/nats-server/v2/server.init.0.func1"))
}

func house(context.Context, string) (identity.Caller, error) {
	return identity.Caller{Subject: "city", Grants: []identity.Grant{{Role: identity.Service, Resource: identity.Any}}}, nil
}

func onTime() time.Time { return started }

func daysLater() time.Time { return started.AddDate(0, 0, 3) }

// service is the real one, on an empty log, at the time that clock says.
func service(t *testing.T, clock func() time.Time, more ...grpc.DialOption) grpc.ClientConnInterface {
	t.Helper()
	return serviceOn(t, hubtest.Connect(t), clock, more...)
}

// serviceOn is one that has nothing loaded yet, such as after a restart.
func serviceOn(
	t *testing.T, nc *nats.Conn, clock func() time.Time, more ...grpc.DialOption,
) grpc.ClientConnInterface {
	t.Helper()
	log := eventlogtest.On(t, nc, func(o *eventlog.Options) { o.Now = clock })
	s, err := rpc.NewServer(rpc.ServerOptions{
		Verify: house, Files: []protoreflect.FileDescriptor{
			restaurantv1.File_tiffin_restaurant_v1_service_proto, courierv1.File_tiffin_courier_v1_service_proto,
		},
	})
	require.NoError(t, err)
	server.New(log, clock).Register(s)
	courierserver.New(log, clock).Register(s)
	conn, closed, err := rpc.InProcess(s, append(rpc.DialOptions(rpc.ClientOptions{}), more...)...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		s.Stop()
	})
	return conn
}

func restaurants(conn grpc.ClientConnInterface) restaurantv1.RestaurantServiceClient {
	return restaurantv1.NewRestaurantServiceClient(conn)
}

func asHouse(t *testing.T) context.Context {
	return metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer city")
}

// commands is how many commands the city takes, each of which is one event.
func commands(plan city.Plan) (n uint64) {
	for _, r := range plan.Restaurants {
		n += 2
		for _, item := range r.Items {
			n++
			if item.SoldOut {
				n++
			}
		}
	}
	return n + uint64(len(plan.Couriers))
}

func TestSeedingTwiceIsSeedingOnce(t *testing.T) {
	conn, plan := service(t, onTime), planned(t)
	var steps []int
	require.NoError(t, city.Seed(asHouse(t), conn, plan, func(done, total int) {
		require.Equal(t, len(plan.Restaurants), total)
		steps = append(steps, done)
	}))
	require.Len(t, steps, len(plan.Restaurants))
	require.IsIncreasing(t, steps)

	require.NoError(t, city.Seed(asHouse(t), conn, planned(t), nil))
	paused, err := restaurants(conn).PauseRestaurant(asHouse(t), &restaurantv1.PauseRestaurantRequest{RestaurantId: plan.Restaurants[0].ID})
	require.NoError(t, err)
	require.Equal(t, commands(plan)+1, paused.GetPosition(), "the second time added events")
}

func TestSeedingGoesOnWhereItWasCutShort(t *testing.T) {
	var mu sync.Mutex
	left, cut := 100, errors.New("cut")
	conn := service(t, onTime, grpc.WithChainUnaryInterceptor(
		func(ctx context.Context, method string, req, reply any, c *grpc.ClientConn, call grpc.UnaryInvoker, o ...grpc.CallOption) error {
			mu.Lock()
			left--
			failed := left == 0
			mu.Unlock()
			err := call(ctx, method, req, reply, c, o...)
			if failed { // accepted, perhaps, and the answer lost
				return cut
			}
			return err
		}))
	plan := planned(t)
	require.ErrorIs(t, city.Seed(asHouse(t), conn, plan, nil), cut)
	require.NoError(t, city.Seed(asHouse(t), conn, plan, nil))
	paused, err := restaurants(conn).PauseRestaurant(asHouse(t), &restaurantv1.PauseRestaurantRequest{RestaurantId: plan.Restaurants[0].ID})
	require.NoError(t, err)
	require.Equal(t, commands(plan)+1, paused.GetPosition())
}

func TestARepeatTakesNothingBack(t *testing.T) {
	conn, plan := service(t, onTime), planned(t)
	require.NoError(t, city.Seed(asHouse(t), conn, plan, nil))
	id := plan.Restaurants[0].ID
	paused, err := restaurants(conn).PauseRestaurant(asHouse(t), &restaurantv1.PauseRestaurantRequest{RestaurantId: id, Reason: "holidays"})
	require.NoError(t, err)
	require.NoError(t, city.Seed(asHouse(t), conn, plan, nil))
	again, err := restaurants(conn).OpenRestaurant(asHouse(t), &restaurantv1.OpenRestaurantRequest{RestaurantId: id})
	require.NoError(t, err)
	require.Equal(t, paused.GetPosition()+1, again.GetPosition(), "it was open already")
}

func TestARestartDaysLaterFindsTheCity(t *testing.T) {
	nc, plan := hubtest.Connect(t), planned(t)
	require.NoError(t, city.Seed(asHouse(t), serviceOn(t, nc, onTime), plan, nil))
	conn := serviceOn(t, nc, daysLater)
	require.NoError(t, city.Seed(asHouse(t), conn, plan, nil))
	paused, err := restaurants(conn).PauseRestaurant(asHouse(t), &restaurantv1.PauseRestaurantRequest{RestaurantId: plan.Restaurants[0].ID})
	require.NoError(t, err)
	require.Equal(t, commands(plan)+1, paused.GetPosition())
}

func TestACityCantBeFoundedLate(t *testing.T) {
	err := city.Seed(asHouse(t), service(t, daysLater), planned(t), nil)
	require.ErrorContains(t, err, "within 24 hours")
}
