package report

import (
	"fmt"
	"runtime"
	"time"

	"github.com/prometheus/procfs"
)

// Machine is where and when the figures were taken; nothing tells whose machine it is.
type Machine struct {
	Cores    int       `json:"cores"`
	Platform string    `json:"platform"`
	Go       string    `json:"go"`
	Date     time.Time `json:"date"`
	// Load is how many processes wanted a processor on average, in the minute before; 0 where the machine doesn't tell.
	Load float64 `json:"load"`
}

// Here describes the machine that this runs on.
func Here(now time.Time) Machine {
	return Machine{
		Load: load(), Cores: runtime.GOMAXPROCS(0), Platform: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(),
		Date: now.UTC().Truncate(time.Second),
	}
}

func (m Machine) String() string {
	return fmt.Sprintf("%d cores, %s, %s, %s, load before %.1f", m.Cores, m.Platform, m.Go, m.Date.Format("2 January 2006"), m.Load)
}

// busy reports whether others kept the machine from showing what it can do.
func (m Machine) busy() bool { return m.Load > float64(m.Cores)/2 }

func load() float64 {
	proc, err := procfs.NewDefaultFS()
	if err != nil {
		return 0
	}
	average, err := proc.LoadAvg()
	if err != nil {
		return 0
	}
	return average.Load1
}
