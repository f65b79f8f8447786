package view

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"tiffin/platform/problem"
)

var errAway = problem.New(problem.Unavailable, "DATABASE_UNAVAILABLE", "what this is read from can't be reached at the moment; please repeat")

// tellAway returns the error of a reader whom the database did not answer as what to tell them, and any other as it is: that the
// reader has no more time, among others.
func tellAway(ctx context.Context, err error) error {
	var (
		connection topology.ConnectionError
		selection  topology.ServerSelectionError
		pool       interface{ Retryable() bool } // that was emptied for what befell another connection
	)
	if err == nil || ctx.Err() != nil {
		return err
	}
	if mongo.IsNetworkError(err) || errors.As(err, &connection) || errors.As(err, &selection) || errors.As(err, &pool) && pool.Retryable() {
		return fmt.Errorf("%w: %w", errAway, err)
	}
	return err
}
