package mutants

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"time"

	"tiffin/bench/system"
	"tiffin/platform/mongolite"
)

const (
	couriers  = 150
	roughness = 0.3
	// cards is the part of the card processor's requests and webhooks that goes wrong.
	cards = 0.1
	// readyWithin is how long a system may take to be there: one that a bug keeps from it is told as such.
	readyWithin = 30 * time.Second
	closeWithin = 5 * time.Second
)

// subject is the system that is tried. Its views' database is ours, and outlives it.
type subject struct {
	process      *system.Process
	lite         *mongolite.Server
	binary, data string
	o            Options
}

func begin(ctx context.Context, binary, folder string, o Options) (*subject, error) {
	lite, err := mongolite.Start(mongolite.Options{Logger: o.Logger})
	if err != nil {
		return nil, err
	}
	s := &subject{lite: lite, binary: binary, data: filepath.Join(folder, "data"), o: o}
	if err := s.start(ctx, system.Options{}); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *subject) uri() string { return s.lite.URI() }

func (s *subject) start(ctx context.Context, o system.Options) error {
	o.Binary, o.DataDir = s.binary, s.data
	o.Settings = []string{
		"TIFFIN_MONGODB_URI=" + s.uri(), "TIFFIN_SYNC=lazy", "TIFFIN_WEB_DIR=" + s.o.Web, fmt.Sprintf("TIFFIN_TIME_FACTOR=%g", s.o.Factor),
		fmt.Sprintf("TIFFIN_DEMO_COURIERS=%d", couriers), fmt.Sprintf("TIFFIN_SANDBOX_FAULTS=%g", cards),
	}
	// The context of a start is that of the whole life.
	living, kill := context.WithCancel(ctx)
	late := time.AfterFunc(readyWithin, kill)
	p, err := system.Start(living, o)
	if !late.Stop() && err == nil {
		err = errors.Join(errors.New("it took too long to be ready"), p.Stop())
	}
	if err != nil {
		kill()
		return err
	}
	context.AfterFunc(ctx, kill)
	s.process = p
	return nil
}

// crash kills the system and starts it again at the same addresses; where it forgets, on an empty database.
func (s *subject) crash(ctx context.Context, forgets bool) error {
	o := system.Options{HTTPAddr: s.process.HTTPAddr, GRPCAddr: s.process.GRPCAddr}
	if err := s.process.Kill(); err != nil {
		return err
	}
	s.process = nil
	if forgets {
		if err := s.forget(); err != nil {
			return err
		}
	}
	return s.start(ctx, o)
}

func (s *subject) forget() error {
	at, err := url.Parse(s.uri())
	if err != nil {
		return err
	}
	if err := s.close(); err != nil {
		return err
	}
	addr := net.JoinHostPort(at.Hostname(), at.Port())
	s.lite, err = mongolite.Start(mongolite.Options{Addr: addr, Logger: s.o.Logger})
	return err
}

func (s *subject) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
	defer cancel()
	return s.lite.Close(ctx)
}

func (s *subject) end() error {
	var err error
	if s.process != nil {
		err = s.process.Kill() // nothing of it is wanted any more
	}
	return errors.Join(err, s.close())
}
