package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"google.golang.org/grpc"

	"tiffin/deploy/local/city"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/identity"
)

// seeding puts the demo city into an empty log, through the public commands.
type seeding struct {
	plan   city.Plan
	people []identity.Persona
}

func newSeeding(dataDir string, now time.Time) (*seeding, error) {
	started, err := firstStart(dataDir, now)
	if err != nil {
		return nil, fmt.Errorf("demo city: %w", err)
	}
	plan, err := city.NewPlan(started)
	if err != nil {
		return nil, fmt.Errorf("demo city: %w", err)
	}
	people, err := personas(plan)
	return &seeding{plan: plan, people: people}, err
}

func (s *seeding) personas() []identity.Persona { return s.people }

// run sends every command of the plan; those that were accepted on an earlier start are answered as they were then.
func (s *seeding) run(ctx context.Context, issuer *identity.Issuer, conn *grpc.ClientConn) error {
	ctx, err := issuer.AsService(ctx, "seeding")
	if err != nil {
		return err
	}
	if err := city.Seed(ctx, restaurantv1.NewRestaurantServiceClient(conn), s.plan, nil); err != nil {
		return fmt.Errorf("seed the demo city: %w", err)
	}
	slog.DebugContext(ctx, "the demo city is there", "restaurants", len(s.plan.Restaurants))
	return nil
}
