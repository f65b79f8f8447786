package views

import (
	"context"
	"fmt"
	"io"

	"tiffin/ctl/connect"
)

// Verify is `views verify` of all views for a program: what came of each. A view that was never applied is an error.
func Verify(ctx context.Context, c connect.Connector) ([]Result, error) {
	v := verification{logger: c.Logger, patience: defaultPatience, told: io.Discard}
	var err error
	if v.hub, err = c.Hub(ctx, true); err != nil {
		return nil, err
	}
	defer v.hub.Close()
	var leave func()
	if v.database, leave, err = c.Database(ctx); err != nil {
		return nil, err
	}
	defer leave()
	var results []Result
	for _, k := range all() {
		r, err := v.one(ctx, k)
		if err != nil {
			return results, fmt.Errorf("%s: %w", k, err)
		}
		results = append(results, r)
	}
	return results, nil
}
