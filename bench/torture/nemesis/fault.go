package nemesis

import (
	"fmt"
	"time"
)

// Kind of a fault.
type Kind string

// The kinds of faults.
const (
	Kill      Kind = "kill"         // a process is killed, and started again
	KillHub   Kind = "kill the hub" // all servers of the hub are killed at once
	Pause     Kind = "pause"        // a process stands still, and goes on as if nothing had happened
	Cut       Kind = "cut"          // a connection stays, and carries nothing
	Break     Kind = "break"        // a connection is reset, and new ones are refused
	Slow      Kind = "slow"         // a connection answers late
	Partition Kind = "partition"    // a server of the hub hears the others and is not heard, or the other way round, or neither
	Disk      Kind = "full disk"    // a disk is filled to its last byte
	Clock     Kind = "clock"        // a process runs with a clock that is wrong
)

// Kinds are all.
var Kinds = []Kind{Kill, KillHub, Pause, Cut, Break, Slow, Partition, Disk, Clock}

// Fault is one that was injected.
type Fault struct {
	Kind   Kind   `json:"kind"`
	Target string `json:"target"`
	// Detail says how, where a kind has several ways.
	Detail string `json:"detail,omitempty"`
	// Round counts from 1: the faults of one overlap.
	Round int `json:"round"`
	// Began and Healed are when it was struck and taken back.
	Began  time.Time `json:"began"`
	Healed time.Time `json:"healed"`
	// Well is how long after the last fault of its round was taken back everything was well again; 0: not before the next.
	Well time.Duration `json:"well_ns"`
	// Trouble is what kept it from being injected as it should be.
	Trouble string `json:"trouble,omitempty"`
}

func (f Fault) String() string {
	if f.Detail == "" {
		return fmt.Sprintf("%s: %s", f.Kind, f.Target)
	}
	return fmt.Sprintf("%s: %s, %s", f.Kind, f.Target, f.Detail)
}
