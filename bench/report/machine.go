package report

import (
	"fmt"
	"runtime"
	"time"
)

// Machine is where and when the figures were taken; nothing tells whose machine it is.
type Machine struct {
	Cores    int       `json:"cores"`
	Platform string    `json:"platform"`
	Go       string    `json:"go"`
	Date     time.Time `json:"date"`
}

// Here describes the machine that this runs on.
func Here(now time.Time) Machine {
	return Machine{
		Cores: runtime.GOMAXPROCS(0), Platform: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(),
		Date: now.UTC().Truncate(time.Second),
	}
}

func (m Machine) String() string {
	return fmt.Sprintf("%d cores, %s, %s, %s", m.Cores, m.Platform, m.Go, m.Date.Format("2 January 2006"))
}
