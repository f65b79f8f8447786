package rpc

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"google.golang.org/grpc"

	"tiffin/platform/run"
)

// Connections are by the domain whose service each connects to, such as "kitchen".
type Connections map[string]*grpc.ClientConn

// DialAll connects to the services at these addresses, by domain; see Dial.
func DialAll(addresses map[string]string) (Connections, error) {
	out := Connections{}
	for domain, addr := range addresses {
		conn, err := Dial(addr, ClientOptions{})
		if err != nil {
			return nil, errors.Join(err, out.Close())
		}
		out[domain] = conn
	}
	return out, nil
}

// Close closes them all.
func (c Connections) Close() error {
	var faults []error
	for _, conn := range c {
		faults = append(faults, conn.Close())
	}
	return errors.Join(faults...)
}

// ValidateAddresses reports, by the setting's name, the first address that is not host:port.
func ValidateAddresses(addresses map[string]string) error {
	var faults []error
	for _, domain := range slices.Sorted(maps.Keys(addresses)) {
		faults = append(faults, run.Addr("TIFFIN_"+strings.ToUpper(domain)+"_ADDR", addresses[domain]))
	}
	return cmp.Or(faults...)
}
