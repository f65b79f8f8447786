// Command check judges a Tiffin that runs by what was asked of it, as city's -history or a torture has recorded, by its log, its
// views and the sandbox's ledger. It owns reading its flags and printing the report; it fails where a rule is broken. Nobody may
// order while it runs: what has not come to its end is a violation.
package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"os"
	"time"

	"tiffin/bench/torture/check"
	"tiffin/platform/run"
)

func main() { run.Main(judge) }

func judge(ctx context.Context) error {
	in := check.Input{Logger: slog.Default()}
	flag.StringVar(&in.History, "history", "", "the file of what was asked and answered; none: that is not judged")
	flag.StringVar(&in.NATSURL, "nats", "", "the hub; none: that which a process in the data directory embeds")
	flag.StringVar(&in.MongoDBURI, "mongodb", "", "the views' database; none: that which a process in the data directory embeds")
	flag.StringVar(&in.DataDir, "data", ".tiffin", "the system's data directory")
	ledger := flag.String("ledger", "", "the sandbox's operations.jsonl; none: captures are not judged")
	flag.DurationVar(&in.Patience, "patience", time.Minute, "how long what goes on may take to end")
	flag.Parse()
	if *ledger != "" {
		in.Ledger = check.File(*ledger)
	}
	report, err := check.Run(ctx, in)
	if err != nil {
		return err
	}
	if err := report.Write(os.Stdout); err != nil {
		return err
	}
	if !report.Sound() {
		return errors.New("a rule is broken")
	}
	return nil
}
