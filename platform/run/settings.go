package run

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"sort"
	"strings"

	"github.com/caarlos0/env/v11"
)

const (
	prefix = "TIFFIN_"
	// testPrefix marks what only tests read; a process may see it and must not mind.
	testPrefix = "TIFFIN_TEST_"
)

// Settings are those that every process of ours knows. Processes with more embed it.
type Settings struct {
	HTTPAddr string `env:"TIFFIN_HTTP_ADDR" envDefault:"localhost:8080"`
	GRPCAddr string `env:"TIFFIN_GRPC_ADDR" envDefault:"localhost:9090"`
	DataDir  string `env:"TIFFIN_DATA_DIR" envDefault:".tiffin"`
	// NATSURL of a cluster; empty: the embedded server.
	NATSURL string `env:"TIFFIN_NATS_URL"`
	// MongoDBURI of a cluster; empty: mongolite.
	MongoDBURI string `env:"TIFFIN_MONGODB_URI"`
	// Sim says whether a simulation plays the other people.
	Sim Switch `env:"TIFFIN_SIM" envDefault:"on"`
	// TimeFactor makes the city's time run faster: 60 makes an hour a minute.
	TimeFactor float64 `env:"TIFFIN_TIME_FACTOR" envDefault:"1"`
}

// Validate reports the first setting that can't work, by its name.
func (s Settings) Validate() error {
	for name, addr := range map[string]string{"TIFFIN_HTTP_ADDR": s.HTTPAddr, "TIFFIN_GRPC_ADDR": s.GRPCAddr} {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			return fmt.Errorf("%s: %q is not host:port", name, addr)
		}
	}
	for name, text := range map[string]string{"TIFFIN_NATS_URL": s.NATSURL, "TIFFIN_MONGODB_URI": s.MongoDBURI} {
		// The value may hold a password, so the error doesn't show it.
		if u, err := url.Parse(firstOf(text)); text != "" && (err != nil || u.Scheme == "" || u.Host == "") {
			return fmt.Errorf("%s is not a URL", name)
		}
	}
	if s.DataDir == "" {
		return errors.New("TIFFIN_DATA_DIR is empty")
	}
	if !(s.TimeFactor > 0) || s.TimeFactor > 1e6 { // not a number is not greater, either
		return fmt.Errorf("TIFFIN_TIME_FACTOR: %v is not a factor above 0", s.TimeFactor)
	}
	return nil
}

// firstOf a list of hosts or URLs: both kinds of cluster take several, which net/url does not.
func firstOf(urls string) string {
	first, _, _ := strings.Cut(urls, ",")
	return first
}

// Parse reads the settings T from an environment as os.Environ gives it. A TIFFIN_ name that T doesn't have is refused:
// a typo must not run with the default in silence. If T has a Validate method, Parse calls it.
func Parse[T any](environ []string) (T, error) {
	var settings, none T
	given := env.ToMap(environ)
	fields, err := env.GetFieldParams(&settings)
	if err != nil {
		return none, fmt.Errorf("settings: %w", err)
	}
	known := make(map[string]bool, len(fields))
	for _, f := range fields {
		known[f.Key] = true
	}
	if unknown := strangers(given, known); len(unknown) > 0 {
		return none, fmt.Errorf("unknown setting %s (known: %s)", strings.Join(unknown, ", "), strings.Join(sorted(known), ", "))
	}
	if err := env.ParseWithOptions(&settings, env.Options{Environment: given}); err != nil {
		return none, fmt.Errorf("settings: %s", oneLine(strings.TrimPrefix(err.Error(), "env: ")))
	}
	if v, ok := any(settings).(interface{ Validate() error }); ok {
		if err := v.Validate(); err != nil {
			return none, fmt.Errorf("settings: %w", err)
		}
	}
	return settings, nil
}

func strangers(given map[string]string, known map[string]bool) []string {
	unknown := map[string]bool{}
	for name := range given {
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(name, testPrefix) && !known[name] {
			unknown[name] = true
		}
	}
	return sorted(unknown)
}

func sorted(set map[string]bool) []string {
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Switch is a setting that is on or off.
type Switch bool

// UnmarshalText takes on and off, and nothing else.
func (s *Switch) UnmarshalText(text []byte) error {
	switch string(text) {
	case "on":
		*s = true
	case "off":
		*s = false
	default:
		return fmt.Errorf("%q is neither on nor off", text)
	}
	return nil
}
