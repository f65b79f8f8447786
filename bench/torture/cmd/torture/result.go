package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"tiffin/bench/city/books"
	"tiffin/bench/report"
	"tiffin/bench/torture/check"
	"tiffin/bench/torture/cluster"
	"tiffin/bench/torture/history"
	"tiffin/bench/torture/nemesis"
)

// result is what is written of a run.
type result struct {
	Machine report.Machine `json:"machine"`
	Rate    float64        `json:"orders_per_second"`
	Factor  float64        `json:"time_factor"`
	Seed    uint64         `json:"seed"`
	// Processes is how many there were. NoDisks says why no disk was filled.
	Processes int    `json:"processes"`
	NoDisks   string `json:"no_disks,omitempty"`
	// Tortured is how long the nemesis was at work, and Drained how long everything took to end then, in seconds.
	Tortured float64 `json:"tortured_seconds"`
	Drained  float64 `json:"drained_seconds"`
	Checked  float64 `json:"checked_seconds"`
	Kinds    []kind  `json:"kinds"`
	Commands tally   `json:"commands"`
	// Queries were answered; of those, Stale said that they are older than they should be. Notices came by live streams.
	Queries int `json:"queries"`
	Stale   int `json:"stale"`
	Notices int `json:"notices"`
	// Ended is how often processes ended of their own accord, and were started again.
	Ended map[string]int `json:"ended,omitempty"`
	books.Summary
	// Judged is what the checker says.
	Judged check.Report `json:"check"`
	// Trouble is what calls met that were repeated then.
	Trouble map[string]int  `json:"trouble"`
	Faults  []nemesis.Fault `json:"faults"`

	began time.Time
	// started is how often processes had ended of their own accord while the cell was started.
	started map[string]int
	// acknowledged is how many commands were in each second.
	acknowledged []int
}

// tally counts commands, however often each was sent: one is acknowledged if any of its answers says so, and unknown if none says
// anything.
type tally struct {
	Acknowledged int `json:"acknowledged"`
	Refused      int `json:"refused"`
	Unknown      int `json:"unknown"`
	Sent         int `json:"sent"`
}

// kind is what faults of one kind did.
type kind struct {
	Kind  nemesis.Kind `json:"kind"`
	Count int          `json:"count"`
	// P50 and P99 are how long after a round with such a fault everything was well again, in seconds; Never counts the rounds
	// after which it was not in time.
	P50   float64 `json:"well_p50_seconds"`
	P99   float64 `json:"well_p99_seconds"`
	Never int     `json:"never"`
}

func newResult(f flags, cell *cluster.Cluster, began time.Time) *result {
	started := map[string]int{}
	for _, p := range cell.Processes {
		started[p.Name] = p.Ended()
	}
	return &result{
		started: started,
		Machine: report.Here(time.Now()), Rate: f.rate, Factor: f.factor, Seed: f.seed, Processes: len(cell.Processes), NoDisks: cell.NoDisks,
		Ended: map[string]int{}, began: began,
	}
}

// ended notes what ended though nobody had killed it.
func (r *result) ended(cell *cluster.Cluster) {
	for _, p := range cell.Processes {
		if n := p.Ended() - r.started[p.Name]; n > 0 {
			r.Ended[p.Name] = n
		}
	}
}

// count counts what the history says.
func (r *result) count(path string) error {
	commands := map[string]history.Outcome{}
	for c, err := range history.Read(path) {
		if err != nil {
			return err
		}
		switch c.Kind {
		case history.Notice:
			r.Notices++
		case history.Query:
			if c.Outcome != history.Unknown {
				r.Queries++
			}
			if c.Stale {
				r.Stale++
			}
		case history.Command:
			r.Commands.Sent++
			id := c.Method + " " + c.Path + " " + c.Command
			before := commands[id]
			if c.Outcome == history.Acknowledged && before != history.Acknowledged {
				r.at(c.Ended)
			}
			if before == "" || c.Outcome == history.Acknowledged || before == history.Unknown {
				commands[id] = c.Outcome
			}
		}
	}
	for _, outcome := range commands {
		switch outcome {
		case history.Acknowledged:
			r.Commands.Acknowledged++
		case history.Refused:
			r.Commands.Refused++
		case history.Unknown:
			r.Commands.Unknown++
		}
	}
	return nil
}

func (r *result) at(ended time.Duration) {
	second := int(ended.Seconds())
	for len(r.acknowledged) <= second {
		r.acknowledged = append(r.acknowledged, 0)
	}
	r.acknowledged[second]++
}

// sum takes the faults over, and sums them up by their kinds.
func (r *result) sum(faults []nemesis.Fault) {
	r.Faults = faults
	for _, k := range nemesis.Kinds {
		row := kind{Kind: k}
		var took []time.Duration
		for _, f := range r.Faults {
			switch {
			case f.Kind != k:
				continue
			case f.Well > 0:
				took = append(took, f.Well)
			default:
				row.Never++
			}
			row.Count++
		}
		slices.Sort(took)
		row.P50, row.P99 = quantile(took, 0.5), quantile(took, 0.99)
		if row.Count > 0 {
			r.Kinds = append(r.Kinds, row)
		}
	}
	slices.SortFunc(r.Faults, func(a, b nemesis.Fault) int { return cmp.Compare(a.Began.UnixNano(), b.Began.UnixNano()) })
}

func quantile(sorted []time.Duration, part float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(part*float64(len(sorted))))].Round(time.Millisecond).Seconds()
}

// verdict is an error where something was broken.
func (r *result) verdict() error {
	if r.Promises()+len(r.Open) > 0 {
		return fmt.Errorf("%d promises were broken, %d orders have no end", r.Promises(), len(r.Open))
	}
	return nil
}
