package events

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/facts"
	"tiffin/ctl/progress"
	"tiffin/platform/eventlog"
)

func exportCommand(c connect.Connector) *cobra.Command {
	var s selection
	var in span
	var path string
	cmd := &cobra.Command{
		Use: "export", Short: "Write events as JSON, one a line", Args: cobra.NoArgs,
		Long: "Write events as JSON, one a line, up to where the log is when it begins. A file is there when it is complete, and\n" +
			"never in place of another. Events that can't be read are written with their error, and the command then fails.",
		Example: "  tiffinctl events export -o events.ndjson\n  tiffinctl events export --type ordering.OrderPlaced | jq .data",
		RunE: func(cmd *cobra.Command, _ []string) error {
			h, err := c.Hub(cmd.Context(), s.personal)
			if err != nil {
				return err
			}
			defer h.Close()
			if path == "" {
				_, err := s.export(cmd.Context(), h.Log, in, cmd.OutOrStdout(), cmd.ErrOrStderr())
				return err
			}
			n, err := intoFile(path, func(w io.Writer) (int, error) { return s.export(cmd.Context(), h.Log, in, w, cmd.ErrOrStderr()) })
			if n > 0 || err == nil {
				_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "%d events are in %s\n", n, path)
			}
			return err
		},
	}
	s.flags(cmd)
	cmd.Flags().Uint64Var(&in.after, "after", 0, "begin behind this position")
	cmd.Flags().Uint64Var(&in.until, "until", 0, "end with this position (default: the last)")
	cmd.Flags().StringVarP(&path, "output", "o", "", "the file to write (default: standard output)")
	return cmd
}

// errUnreadable is returned beside an export that is complete.
var errUnreadable = errors.New("some events can't be read")

func (s selection) export(ctx context.Context, log *eventlog.Log, in span, w, told io.Writer) (n int, err error) {
	last, err := log.LastPosition(ctx, facts.Domains()...)
	if err != nil {
		return 0, err
	}
	if in.until == 0 || in.until > last {
		in.until = last
	}
	if in.until <= in.after {
		return 0, nil
	}
	reads, err := s.reads()
	if err != nil {
		return 0, err
	}
	todo, err := log.Behind(ctx, in.after, reads...)
	if err != nil {
		return 0, err
	}
	bar := progress.Start(told, "exporting", "events", todo)
	defer bar.Done()
	write, bad := printer(w, true), 0
	err = s.scan(ctx, log, in, func(e eventlog.Event) error {
		n++
		if e.Err != nil {
			bad++
		}
		return write(e)
	}, bar.Reach)
	if err == nil && bad > 0 {
		err = fmt.Errorf("%w: %d of %d", errUnreadable, bad, n)
	}
	return n, err
}

// intoFile has the file written beside its place, and puts it there when it is complete and on the disk.
func intoFile(path string, write func(io.Writer) (int, error)) (int, error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("%s is there already", path)
	}
	beside := path + ".part"
	file, err := os.OpenFile(beside, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	n, err := write(file)
	if err != nil && !errors.Is(err, errUnreadable) {
		return 0, errors.Join(err, file.Close(), os.Remove(beside))
	}
	if broken := errors.Join(file.Sync(), file.Close()); broken != nil {
		return 0, errors.Join(broken, os.Remove(beside))
	}
	// Unlike a rename, a link does not replace what somebody has put there meanwhile.
	if broken := errors.Join(os.Link(beside, path), os.Remove(beside)); broken != nil {
		return 0, broken
	}
	return n, err
}
