package check

import (
	"context"
	"strings"

	"tiffin/ctl/connect"
	"tiffin/ctl/views"
	"tiffin/platform/fault"
)

// The rules of what is made of the log.
const (
	// Rebuilt compares every document, tombstones included, with a rebuild in the checker's own memory.
	Rebuilt = "every view is what a rebuild makes of the log"
	// Nothing is parked where no poison was planted.
	Nothing = "nothing is parked"
)

func rebuilt(ctx context.Context, c connect.Connector, r *Report) error {
	results, err := views.Verify(ctx, c)
	if err != nil {
		return err
	}
	for _, v := range results {
		r.Documents += v.Documents
		for _, d := range v.Differences {
			how := []string{d.What}
			for _, f := range d.Fields {
				how = append(how, f.Path+" is "+f.Served+" and should be "+f.Rebuilt)
			}
			r.broken(Rebuilt, v.View+" "+d.ID, "%s", strings.Join(how, "; "))
		}
	}
	return nil
}

func parked(ctx context.Context, hub *connect.Hub, r *Report) error {
	faults, err := hub.Faults(ctx)
	if err != nil {
		return err
	}
	all, err := faults.List(ctx, fault.Query{}, "", 0)
	if err != nil {
		return err
	}
	for _, f := range all {
		r.broken(Nothing, f.ID, "%d events, since %s", f.Count, f.First.Error)
	}
	return nil
}
