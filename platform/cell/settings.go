package cell

import (
	"cmp"
	"fmt"

	"tiffin/platform/run"
)

const (
	natsURL    = "TIFFIN_NATS_URL"
	mongoDBURI = "TIFFIN_MONGODB_URI"
	dataDir    = "TIFFIN_DATA_DIR"
	replicas   = "TIFFIN_REPLICAS"
)

// LogSettings are how the log and the keys are stored where this process is the first to open them. What is there already
// stays as it is: its operator changes it, by NATS's own tools.
type LogSettings struct {
	LakeSettings
	// Replicas that a cluster keeps, on as many of its servers.
	Replicas int `env:"TIFFIN_REPLICAS" envDefault:"1"`
}

// mostReplicas is JetStream's own bound.
const mostReplicas = 5

// Validate reports a number of replicas that no cluster keeps.
func (s LogSettings) Validate() error {
	if s.Replicas < 1 || s.Replicas > mostReplicas {
		return fmt.Errorf("%s: %d is not 1 to %d", replicas, s.Replicas, mostReplicas)
	}
	return nil
}

// Settings of a process that joins a cell.
type Settings struct {
	LogSettings
	run.Profiling
	run.Clock
	// DataDir holds the key of local identity, which the processes of a cell share.
	DataDir string `env:"TIFFIN_DATA_DIR" envDefault:".tiffin"`
	// NATSURL of the cell's hub, or of several of its servers.
	NATSURL string `env:"TIFFIN_NATS_URL,required,notEmpty"`
}

// Validate reports the first setting that can't work, by its name.
func (s Settings) Validate() error {
	return cmp.Or(notEmpty(dataDir, s.DataDir), run.URL(natsURL, s.NATSURL))
}

// DatabaseSettings are for a process that keeps views.
type DatabaseSettings struct {
	ViewSettings
	MongoDBURI string `env:"TIFFIN_MONGODB_URI,required,notEmpty"`
}

// ViewSettings are how views show themselves.
type ViewSettings struct {
	// TraceLinks gives what views do with an event a trace of its own, linked to the event's.
	TraceLinks run.Switch `env:"TIFFIN_TRACE_LINKS" envDefault:"off"`
}

// Validate reports what is no URI, without showing it.
func (s DatabaseSettings) Validate() error { return run.URL(mongoDBURI, s.MongoDBURI) }

// LocalSettings are for a process that embeds what it isn't told the address of.
type LocalSettings struct {
	LogSettings
	run.Profiling
	run.Clock
	ViewSettings
	// DataDir holds the key of local identity and what the embedded servers keep.
	DataDir string `env:"TIFFIN_DATA_DIR" envDefault:".tiffin"`
	// NATSURL of a cluster; empty: the embedded server.
	NATSURL string `env:"TIFFIN_NATS_URL"`
	// MongoDBURI of a cluster; empty: mongolite.
	MongoDBURI string `env:"TIFFIN_MONGODB_URI"`
	// Sync of the embedded server.
	Sync Sync `env:"TIFFIN_SYNC" envDefault:"always"`
}

// Validate reports the first setting that can't work, by its name.
func (s LocalSettings) Validate() error {
	if err := notEmpty(dataDir, s.DataDir); err != nil {
		return err
	}
	if s.NATSURL == "" && s.Replicas > 1 {
		return fmt.Errorf("%s is for a cluster, by %s: the embedded hub is one server", replicas, natsURL)
	}
	if s.NATSURL != "" {
		if err := run.URL(natsURL, s.NATSURL); err != nil {
			return err
		}
		if s.Sync == Lazy {
			return fmt.Errorf("TIFFIN_SYNC is for the embedded hub: the one at %s has its own", natsURL)
		}
	}
	if s.MongoDBURI == "" {
		return nil
	}
	return run.URL(mongoDBURI, s.MongoDBURI)
}

func notEmpty(name, value string) error {
	if value == "" {
		return fmt.Errorf("%s is empty", name)
	}
	return nil
}

// Sync says when the embedded hub acknowledges an append.
type Sync string

const (
	// Always acknowledges what is on the disk.
	Always Sync = "always"
	// Lazy acknowledges before: a power cut can lose what was acknowledged in the last two minutes, a crash of the process
	// can't.
	Lazy Sync = "lazy"
)

// UnmarshalText takes always and lazy, and nothing else.
func (s *Sync) UnmarshalText(text []byte) error {
	switch given := Sync(text); given {
	case Always, Lazy:
		*s = given
		return nil
	default:
		return fmt.Errorf("%q is neither %s nor %s", text, Always, Lazy)
	}
}
