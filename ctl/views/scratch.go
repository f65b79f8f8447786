package views

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"

	"tiffin/ctl/connect"
	"tiffin/ctl/progress"
	"tiffin/platform/mongolite"
	"tiffin/platform/view"
)

const (
	askEvery   = 50 * time.Millisecond
	closeAfter = 5 * time.Second
)

// one verifies one view.
func (v verification) one(ctx context.Context, k kept) (result Result, err error) {
	served := side{v.database.Database(k.bff), k}
	target, err := served.stored(ctx)
	if err != nil {
		return result, err
	}
	if !target.Built {
		return result, errors.New("there is nothing to verify: it was never applied in this database")
	}
	lite, err := mongolite.Start(mongolite.Options{Logger: v.logger})
	if err != nil {
		return result, err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeAfter)
		defer cancel()
		err = errors.Join(err, lite.Close(closing))
	}()
	scratch, leave, err := connect.Mongo(ctx, lite.URI())
	if err != nil {
		return result, err
	}
	defer leave()
	rebuilt := side{scratch.Database(k.bff), k}
	building, err := k.build(v.hub.Log, rebuilt.db, view.Options{Keys: v.hub.Keys, Logger: v.logger})
	if err != nil {
		return result, err
	}
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- building.Run(running) }()
	defer func() {
		stop()
		<-ended //nolint:errcheck // it says only that it was told to stop
	}()
	if err := v.await(ctx, k, building, target.Position); err != nil {
		return result, err
	}
	return comparison{served: served, rebuilt: rebuilt, patience: v.patience}.run(ctx)
}

// await waits until the rebuild has come to where the view was.
func (v verification) await(ctx context.Context, k kept, building builder, target uint64) error {
	todo, err := v.hub.Log.Behind(ctx, 0, k.reads...)
	if err != nil {
		return err
	}
	bar := progress.Start(v.told, "rebuilding "+k.String(), "events", todo)
	defer bar.Done()
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		s := building.Status()
		switch {
		case s.Blocked != "":
			return fmt.Errorf("can't be rebuilt: %s", s.Blocked)
		case s.Position >= target:
			return nil
		case s.Position > 0:
			bar.Reach(todo - min(todo, s.Lag))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// side is one of the two that are compared.
type side struct {
	db *mongo.Database
	k  kept
}

func (s side) stored(ctx context.Context) (view.Stored, error) {
	return view.ReadStored(ctx, s.db, s.k.name, s.k.version)
}
