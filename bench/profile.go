package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime/pprof"

	"tiffin/bench/report"
)

// measured runs a row, under a processor profile where a folder for it is given.
func measured(ctx context.Context, e *env, r entry, profiles string) (report.Row, error) {
	row, err := func() (row report.Row, err error) {
		if profiles == "" {
			return r.run(ctx, e)
		}
		file, err := os.Create(filepath.Join(profiles, r.name+".pprof"))
		if err != nil {
			return row, err
		}
		if err := pprof.StartCPUProfile(file); err != nil {
			return row, errors.Join(err, file.Close())
		}
		row, err = r.run(ctx, e)
		pprof.StopCPUProfile()
		return row, errors.Join(err, file.Close())
	}()
	row.Name = r.name
	return row, err
}
