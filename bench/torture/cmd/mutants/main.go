// Command mutants sees whether the torture's checker finds the bugs of bench/torture/mutants, one after the other, and nothing in
// the system as it is. It owns the run and its table; it fails where a bug was not found, or something was where nothing is.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"tiffin/bench/torture/mutants"
	"tiffin/platform/run"
)

func main() { run.Main(try) }

// atMost is how long one mutant may take.
const atMost = 2 * time.Minute

func try(ctx context.Context) error {
	o := mutants.Options{}
	only := flag.String("only", "", "the names of the mutants to try, with commas between; none: all, and the system as it is")
	flag.StringVar(&o.Folder, "out", ".artifacts/mutants", "the folder for what is built and written")
	flag.StringVar(&o.Web, "web", "frontends", "the built frontends")
	flag.Float64Var(&o.Rate, "rate", 8, "orders a second")
	flag.Float64Var(&o.Factor, "factor", 200, "how much faster than in life people and deadlines are")
	flag.DurationVar(&o.For, "for", 10*time.Second, "how long people order")
	flag.DurationVar(&o.Drain, "drain", time.Minute, "how long the last orders may take to come to their ends, where there is no bug")
	flag.Uint64Var(&o.Seed, "seed", 1, "decides every choice")
	flag.Parse()
	if err := os.MkdirAll(o.Folder, 0o750); err != nil {
		return err
	}
	said, err := os.Create(filepath.Join(o.Folder, "mutants.log"))
	if err != nil {
		return err
	}
	o.Logger = slog.New(slog.NewTextHandler(said, nil))
	err = each(ctx, chosen(*only), o)
	return errors.Join(err, said.Close())
}

func chosen(only string) []mutants.Mutant {
	all := append([]mutants.Mutant{mutants.None()}, mutants.All()...)
	if only == "" {
		return all
	}
	names := strings.Split(only, ",")
	return slices.DeleteFunc(all, func(m mutants.Mutant) bool { return !slices.Contains(names, m.Name) })
}

func each(ctx context.Context, all []mutants.Mutant, o mutants.Options) error {
	var results []mutants.Result
	var failed error
	for _, m := range all {
		within, cancel := context.WithTimeout(ctx, atMost)
		r, err := mutants.Try(within, m, o)
		cancel()
		if err != nil {
			r = mutants.Result{Mutant: m, By: "could not be tried"}
			failed = errors.Join(failed, fmt.Errorf("%s: %w", m.Name, err))
		} else {
			results = append(results, r)
			failed = errors.Join(failed, verdict(r))
		}
		fmt.Fprintf(os.Stderr, "%-18s %-8s %s\n", m.Name, r.Took.Round(time.Second), said(r))
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(table(os.Stdout, results), failed)
}

// verdict is an error where the bug was not found, or a bug where there is none.
func verdict(r mutants.Result) error {
	switch {
	case len(r.Mutant.Rules) > 0 && r.By == "":
		return fmt.Errorf("%s was not found: %s", r.Mutant.Name, r.Mutant.What)
	case len(r.Mutant.Rules) == 0 && !r.Report.Sound():
		return errors.Join(fmt.Errorf("in the system as it is something was found: %v", r.Report.Found()), r.Report.Write(os.Stderr))
	case len(r.Mutant.Rules) == 0 && !r.Drained:
		return errors.New("in the system as it is not everything came to its end")
	}
	return nil
}

func said(r mutants.Result) string {
	switch {
	case r.By != "":
		return r.By
	case len(r.Mutant.Rules) == 0 && r.Report.Sound():
		return "nothing is found"
	default:
		return fmt.Sprintf("NOT FOUND; broken are %v", r.Report.Found())
	}
}

func table(w io.Writer, results []mutants.Result) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "mutant\twhat is wrong\tfound by\ttimes\tcommands\tevents\tkills\ttook")
	for _, r := range results {
		commands := r.Report.Acknowledged + r.Report.Refused + r.Report.Unknown
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%.0f s\n", r.Mutant.Name, r.Mutant.What, said(r), r.Report.Broken[r.By], commands,
			r.Report.Events, r.Mutant.Kills, r.Took.Seconds())
	}
	return t.Flush()
}
