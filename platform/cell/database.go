package cell

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/mongolite"
	"tiffin/platform/run"
	"tiffin/platform/telemetry"
)

// OpenDatabase connects to the database that the views are kept in, and reports now if it can't be reached.
func (c *Cell) OpenDatabase(g *run.Group, s DatabaseSettings) error {
	return c.openDatabase(g, s, options.Client())
}

func (c *Cell) openDatabase(g *run.Group, s DatabaseSettings, how *options.ClientOptions) error {
	client, err := mongo.Connect(how.ApplyURI(s.MongoDBURI).
		SetMonitor(telemetry.MongoDB(c.Telemetry.TracerProvider)).SetServerSelectionTimeout(reachWithin).
		SetPoolMonitor(&event.PoolMonitor{Event: func(e *event.PoolEvent) {
			if e.Type == event.ConnectionReady {
				c.connections.Add(1)
			}
		}}))
	if err != nil {
		return fmt.Errorf("%s: %w", mongoDBURI, err)
	}
	g.Close("database connection", func() error {
		ctx, cancel := context.WithTimeout(context.Background(), reachWithin)
		defer cancel()
		return client.Disconnect(ctx)
	})
	if err := client.Ping(g.Context(), nil); err != nil {
		return fmt.Errorf("can't reach MongoDB (%s): %w", mongoDBURI, err)
	}
	c.mongo, c.views = client, s.ViewSettings
	return nil
}

// embedDatabase starts mongolite and connects to it within the process. It returns where others connect.
func (c *Cell) embedDatabase(g *run.Group, snapshot string, views ViewSettings) (uri string, err error) {
	lite, err := mongolite.Start(mongolite.Options{SnapshotPath: snapshot, Logger: c.Logger, Room: c.room.Holds})
	if err != nil {
		return "", fmt.Errorf("embedded database: %w", err)
	}
	g.Close("embedded database", func() error {
		ctx, cancel := context.WithTimeout(context.Background(), run.StopWithin)
		defer cancel()
		return lite.Close(ctx)
	})
	if err := observeDatabase(c, lite); err != nil {
		return "", err
	}
	uri = lite.URI()
	return uri, c.openDatabase(g, DatabaseSettings{ViewSettings: views, MongoDBURI: uri}, options.Client().SetDialer(lite))
}
