package run

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"reflect"
	"sort"
	"strings"

	"github.com/caarlos0/env/v11"
)

const (
	prefix = "TIFFIN_"
	// testPrefix marks what only tests read; a process may see it and must not mind.
	testPrefix = "TIFFIN_TEST_"
)

// HTTP is for processes that serve HTTP.
type HTTP struct {
	HTTPAddr string `env:"TIFFIN_HTTP_ADDR" envDefault:"localhost:8080"`
}

// Validate reports an address that is none.
func (s HTTP) Validate() error { return Addr("TIFFIN_HTTP_ADDR", s.HTTPAddr) }

// GRPC is for processes that serve gRPC.
type GRPC struct {
	GRPCAddr string `env:"TIFFIN_GRPC_ADDR" envDefault:"localhost:9090"`
}

// Validate reports an address that is none.
func (s GRPC) Validate() error { return Addr("TIFFIN_GRPC_ADDR", s.GRPCAddr) }

// Addr reports, by the setting's name, an address that is not host:port.
func Addr(setting, addr string) error {
	if _, _, err := net.SplitHostPort(addr); err != nil {
		return fmt.Errorf("%s: %q is not host:port", setting, addr)
	}
	return nil
}

// URL reports, by the setting's name, a URL that is none. Of a list, which both kinds of cluster take, it looks at the first.
// The value may hold a password, so the error doesn't show it.
func URL(setting, text string) error {
	first, _, _ := strings.Cut(text, ",")
	if u, err := url.Parse(first); err != nil || u.Scheme == "" || u.Host == "" {
		return fmt.Errorf("%s is not a URL", setting)
	}
	return nil
}

// Parse reads the settings T from an environment as os.Environ gives it. A name that begins as those of T do, or with TIFFIN_, and
// that T doesn't have, is refused: a typo must not run with the default in silence. Parse calls the Validate methods of the structs
// that T embeds, and T's own.
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
		return none, fmt.Errorf("settings: %w", named[T](err))
	}
	if err := validate(reflect.ValueOf(settings)); err != nil {
		return none, fmt.Errorf("settings: %w", err)
	}
	return settings, nil
}

// named says which variable the first fault is about: a reader of the message knows no field of ours.
func named[T any](err error) error {
	var parse env.ParseError
	var unset env.VarIsNotSetError
	var empty env.EmptyVarError
	switch {
	case errors.As(err, &unset):
		return fmt.Errorf("%s is required", unset.Key)
	case errors.As(err, &empty):
		return fmt.Errorf("%s is required", empty.Key)
	case errors.As(err, &parse):
		if field, ok := reflect.TypeFor[T]().FieldByName(parse.Name); ok {
			name, _, _ := strings.Cut(field.Tag.Get("env"), ",")
			return fmt.Errorf("%s: %w", name, parse.Err)
		}
	}
	return err
}

// validate asks what is embedded before what embeds it, so that a Validate that hides another doesn't silence it.
func validate(settings reflect.Value) error {
	for i := range settings.NumField() {
		if settings.Type().Field(i).Anonymous {
			if err := validate(settings.Field(i)); err != nil {
				return err
			}
		}
	}
	if v, ok := settings.Interface().(interface{ Validate() error }); ok {
		return v.Validate()
	}
	return nil
}

func strangers(given map[string]string, known map[string]bool) []string {
	ours := map[string]bool{prefix: true}
	for name := range known {
		ours[beginning(name)] = true
	}
	delete(ours, "")
	unknown := map[string]bool{}
	for name := range given {
		if ours[beginning(name)] && !strings.HasPrefix(name, testPrefix) && !known[name] {
			unknown[name] = true
		}
	}
	return sorted(unknown)
}

// beginning of a name, such as TIFFIN_ of TIFFIN_CITY; empty where it has no parts.
func beginning(name string) string { return name[:strings.IndexByte(name, '_')+1] }

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
