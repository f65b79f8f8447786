package main

import (
	"context"
	"log/slog"
	"time"

	"tiffin/bench/city"
)

const (
	// oneOrderEvery is how often somebody orders in life.
	oneOrderEvery = 20 * time.Second
	// mostOrders a second are gentle still, however fast time runs.
	mostOrders = 2
	// pauseAfterTrouble is how long the simulation stays away when something is wrong with it.
	pauseAfterTrouble = time.Minute
)

// simulate plays the other people of the demo city, as a client of our own REST address, until ctx ends. Whatever is wrong
// with it, the system goes on.
func simulate(ctx context.Context, url string, factor float64) error {
	for ctx.Err() == nil {
		began := time.Now()
		people, err := city.Open(ctx, city.Options{
			URL: url, Rate: min(mostOrders, factor/oneOrderEvery.Seconds()), Factor: factor, Seed: uint64(began.UnixNano()),
			Habits: city.Gentle(),
		})
		if err == nil {
			err = people.Run(ctx)
		}
		if err == nil || ctx.Err() != nil {
			return nil // told to stop
		}
		slog.WarnContext(ctx, "the simulation of the city's people pauses", "error", err)
		timer := time.NewTimer(pauseAfterTrouble)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
	}
	return nil
}
