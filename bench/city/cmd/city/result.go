package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"tiffin/bench/city/books"
	"tiffin/bench/report"
)

// result is what is written of a run.
type result struct {
	Machine report.Machine `json:"machine"`
	Rate    float64        `json:"orders_per_second"`
	Factor  float64        `json:"time_factor"`
	Faults  float64        `json:"faults"`
	Seed    uint64         `json:"seed"`
	Kills   int            `json:"kills"`
	// Sync is that of a system that was started.
	Sync string `json:"sync,omitempty"`
	books.Summary
	// Trouble is what calls met that were repeated then.
	Trouble map[string]int `json:"trouble"`
	Samples []sample       `json:"samples"`

	began time.Time
	url   string
}

func newResult(f flags, url string) *result {
	return &result{
		Machine: report.Here(time.Now()), Rate: f.rate, Factor: f.factor, Faults: f.faults, Seed: f.seed, Sync: f.sync, began: time.Now(), url: url,
	}
}

// write leaves the files and prints the table.
func (r *result) write(folder string) error {
	data, err1 := os.Create(filepath.Join(folder, "city.json"))
	plot, err2 := os.Create(filepath.Join(folder, "city.svg"))
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	encoder := json.NewEncoder(data)
	encoder.SetIndent("", "  ")
	return errors.Join(r.table(os.Stdout), encoder.Encode(r), data.Close(), r.plot(plot), plot.Close())
}

func (r *result) table(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "from the order until\torders\tp50\tp99\t")
	for _, s := range r.Steps {
		fmt.Fprintf(t, "%s\t%d\t%.2f s\t%.2f s\t\n", s.Step, s.Count, s.P50, s.P99)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	t = tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, title := range []struct {
		what   string
		counts map[string]int
	}{{"ended as", r.Outcomes}, {"repeated after", r.Trouble}} {
		fmt.Fprintf(t, "\n%s\ttimes\n", title.what)
		for _, what := range slices.Sorted(maps.Keys(title.counts)) {
			fmt.Fprintf(t, "%s\t%d\n", what, title.counts[what])
		}
	}
	fmt.Fprintf(t, "\n%d placed in %.0f s, %d without an end, %d invariants broken, killed %d times\n",
		r.Placed, r.Seconds, len(r.Open), len(r.Violations), r.Kills)
	fmt.Fprintf(t, "%g orders/s, time %g times as fast, sync %s; %s\n", r.Rate, r.Factor, cmp.Or(r.Sync, "unknown"), r.Machine)
	fmt.Fprintf(t, "memory less what is stored, over the last third: %s\n", r.growth())
	for _, v := range r.Violations[:min(len(r.Violations), 20)] {
		fmt.Fprintf(t, "BROKEN: %s: %s: %s\n", v.Rule, v.ID, v.What)
	}
	return t.Flush()
}

// verdict is an error where something was broken.
func (r *result) verdict() error {
	if len(r.Violations)+len(r.Open) > 0 {
		return fmt.Errorf("%d invariants were broken, %d orders have no end", len(r.Violations), len(r.Open))
	}
	return nil
}

// sample is how things stood at a time.
type sample struct {
	Seconds float64 `json:"seconds"`
	// ResidentMB is what the system had in memory, in megabytes; 0: it did not tell.
	ResidentMB float64 `json:"resident_mb"`
	HeapMB     float64 `json:"heap_mb"`
	// LiveMB is what the last collection of garbage left, and StoredMB the documents and index keys among it.
	LiveMB   float64 `json:"live_mb"`
	StoredMB float64 `json:"stored_mb"`
	// Subjects is how many the hub knows; each costs it some memory.
	Subjects float64 `json:"subjects"`
	Open     int     `json:"open"`
	Placed   int     `json:"placed"`
}

const sampleEvery = 2 * time.Second

func (r *result) sample(ctx context.Context, book *books.Book) {
	client := &http.Client{Timeout: sampleEvery}
	defer client.CloseIdleConnections()
	for tick := time.NewTicker(sampleEvery); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		figures := scrape(ctx, client, r.url)
		r.Samples = append(r.Samples, sample{
			Seconds: time.Since(r.began).Seconds(), ResidentMB: figures["process_resident_memory_bytes"] / 1e6,
			HeapMB: figures["go_memstats_heap_inuse_bytes"] / 1e6, LiveMB: live(figures) / 1e6,
			StoredMB: (figures["tiffin_mongolite_documents_bytes"] + figures["tiffin_mongolite_keys_bytes"]) / 1e6,
			Subjects: figures["tiffin_hub_subjects"], Open: book.Open(), Placed: book.Placed(),
		})
	}
}
