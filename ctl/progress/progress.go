package progress

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

const (
	// everyLine is how often a line is written where there is no terminal.
	everyLine = 5 * time.Second
	everyDraw = 100 * time.Millisecond
	// atOnce is what takes too little time for a bar.
	atOnce = 500 * time.Millisecond
	width  = 30
)

// Bar shows how far work has come. It is used by one goroutine.
type Bar struct {
	w         io.Writer
	what      string
	unit      string
	total     uint64
	bar       *progressbar.ProgressBar
	start     time.Time
	last      time.Time
	now       func() time.Time
	lastShown uint64
}

// Start begins to show work of so many units. Nothing is shown of work that is done at once.
func Start(w io.Writer, what, unit string, total uint64) *Bar {
	b := &Bar{w: w, what: what, unit: unit, total: total, now: time.Now}
	b.start = b.now()
	b.last = b.start
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		b.bar = progressbar.NewOptions64(int64(total),
			progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what), progressbar.OptionSetWidth(width),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString(unit),
			progressbar.OptionThrottle(everyDraw), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
	}
	return b
}

// Reach says how much is done. What is done may be more than was to do: the log grows meanwhile.
func (b *Bar) Reach(done uint64) {
	now := b.now()
	if b.bar != nil {
		if now.Sub(b.start) < atOnce {
			return
		}
		if done > b.total {
			b.total = done
			b.bar.ChangeMax64(int64(done))
		}
		_ = b.bar.Set64(int64(done)) // a terminal that is gone has nobody before it
		return
	}
	if now.Sub(b.last) < everyLine {
		return
	}
	rate := float64(done-b.lastShown) / now.Sub(b.last).Seconds()
	b.last, b.lastShown = now, done
	line := fmt.Sprintf("%s: %d of %d %s, %.0f a second", b.what, done, max(b.total, done), b.unit, rate)
	if rate > 0 && done < b.total {
		line += fmt.Sprintf(", %s left", time.Duration(float64(b.total-done)/rate*float64(time.Second)).Round(time.Second))
	}
	_, _ = fmt.Fprintln(b.w, line) // as above
}

// Clear takes a bar away until the next Reach, for who has something to print; lines stay.
func (b *Bar) Clear() {
	if b.bar != nil {
		_ = b.bar.Clear() // as above
	}
}

// Done takes a bar away for good; lines stay.
func (b *Bar) Done() { b.Clear() }
