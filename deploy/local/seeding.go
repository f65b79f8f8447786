package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"

	"tiffin/deploy/local/city"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	customerv1 "tiffin/gen/tiffin/customer/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc"
)

// seeding puts the demo city into the log, through the public commands.
type seeding struct {
	dataDir string
	log     *eventlog.Log
	note    note
	plan    city.Plan
	people  []identity.Persona
}

// fresh is how long ids can found a city, with time left to do so: new aggregates are refused when their ids are a day old.
const fresh = 12 * time.Hour

// newSeeding goes on with the city that the data directory knows, or founds one: a log without restaurants has none, whatever
// the directory remembers.
func newSeeding(ctx context.Context, s settings, log *eventlog.Log, now time.Time) (*seeding, error) {
	dataDir := s.DataDir
	n, err := readNote(dataDir)
	if err != nil {
		return nil, fmt.Errorf("demo city: %w", err)
	}
	last, err := log.LastPosition(ctx, &restaurantv1.RestaurantEvent{})
	if err != nil {
		return nil, fmt.Errorf("demo city: %w", err)
	}
	if n.Started.IsZero() || last == 0 && now.Sub(n.Started) > fresh {
		n = note{Started: now.UTC().Truncate(time.Second), Couriers: s.DemoCouriers}
		if err := n.write(dataDir); err != nil {
			return nil, fmt.Errorf("demo city: %w", err)
		}
	}
	seeded := &seeding{dataDir: dataDir, log: log, note: n}
	if seeded.plan, err = city.Continue(n.Started, n.Couriers, n.Late); err != nil {
		return nil, fmt.Errorf("demo city: %w", err)
	}
	if err := seeded.renew(ctx, now); err != nil {
		return nil, fmt.Errorf("demo city: %w", err)
	}
	seeded.people, err = personas(seeded.plan)
	return seeded, err
}

// renew gives those who have not joined, and whose ids are too old for it by now, ids of today. Whoever has joined keeps theirs.
func (s *seeding) renew(ctx context.Context, now time.Time) error {
	if done, err := s.done(ctx); err != nil || done || now.Sub(s.note.Started) <= fresh {
		return err
	}
	joined, err := s.joined(ctx)
	if err != nil {
		return err
	}
	late := maps.Clone(s.note.Late)
	if late == nil {
		late = map[string]time.Time{}
	}
	await := func(name, id string) {
		u, err := ulid.ParseStrict(id) // the plan makes nothing else
		if err == nil && !joined[id] && now.Sub(u.Timestamp()) > fresh {
			late[name] = now.UTC().Truncate(time.Second)
		}
	}
	for _, r := range s.plan.Restaurants {
		await(r.Profile.GetName(), r.ID)
	}
	for _, c := range s.plan.Couriers {
		await(c.Name, c.ID)
	}
	if maps.Equal(late, s.note.Late) {
		return nil
	}
	s.note.Late = late
	if err := s.note.write(s.dataDir); err != nil {
		return err
	}
	s.plan, err = city.Continue(s.note.Started, s.note.Couriers, late)
	return err
}

// joined are the ids of all who are in the log.
func (s *seeding) joined(ctx context.Context) (map[string]bool, error) {
	there, all := map[string]bool{}, errors.New("that was all")
	err := s.log.Follow(ctx, eventlog.FollowOptions{Domains: []proto.Message{&restaurantv1.RestaurantEvent{}, &courierv1.CourierEvent{}}},
		func(_ context.Context, b eventlog.Batch) error {
			for _, e := range b.Events {
				there[e.AggregateID] = true
			}
			if b.Pending == 0 {
				return all
			}
			return nil
		})
	if !errors.Is(err, all) {
		return nil, err
	}
	return there, nil
}

func (s *seeding) personas() []identity.Persona { return s.people }

// run sends every command of the plan, unless the log is known to hold them all; those that were accepted on an earlier start
// are answered as they were then.
func (s *seeding) run(ctx context.Context, issuer *identity.Issuer, conn grpc.ClientConnInterface) error {
	if done, err := s.done(ctx); err != nil || done {
		return err
	}
	ctx, err := issuer.AsService(ctx, "seeding")
	if err != nil {
		return err
	}
	if err := s.register(ctx, customerv1.NewCustomerServiceClient(conn)); err != nil {
		return fmt.Errorf("seed the demo city: %w", err)
	}
	if err := city.Seed(ctx, conn, s.plan, nil); err != nil {
		return fmt.Errorf("seed the demo city: %w", err)
	}
	slog.DebugContext(ctx, "the demo city is there", "restaurants", len(s.plan.Restaurants))
	return s.finish(ctx)
}

// register lets the demo customers join. It does not mind that an id is a day old: that one was there before, or never will
// be.
func (s *seeding) register(ctx context.Context, customers customerv1.CustomerServiceClient) error {
	for _, p := range s.people {
		if !slices.Contains(p.Roles, string(identity.Customer)) {
			continue
		}
		_, err := customers.RegisterCustomer(metadata.AppendToOutgoingContext(ctx, rpc.CommandID, "seed-register-"+p.PersonaID),
			&customerv1.RegisterCustomerRequest{CustomerId: p.PersonaID, Name: p.Name}, grpc.WaitForReady(true))
		if err != nil && problem.From(err).Code != "ID_NOT_OF_TODAY" {
			return fmt.Errorf("register %s: %w", p.Name, err)
		}
	}
	return nil
}

// done reports whether this log holds the city, which the note alone can't tell: it may have been written about another.
func (s *seeding) done(ctx context.Context) (bool, error) {
	if s.note.Seeded == nil {
		return false, nil
	}
	id, err := s.log.EventID(ctx, s.note.Seeded.Position)
	return id == s.note.Seeded.EventID, err
}

func (s *seeding) finish(ctx context.Context) error {
	last, err := s.log.LastPosition(ctx, &restaurantv1.RestaurantEvent{})
	if err != nil {
		return err
	}
	id, err := s.log.EventID(ctx, last)
	if err != nil {
		return err
	}
	s.note.Seeded = &witness{Position: last, EventID: id}
	return s.note.write(s.dataDir)
}
