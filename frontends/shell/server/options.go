package server

import (
	"fmt"
	"net/url"
)

// Options are what a deployment tells its pages. The zero value tells them nothing.
type Options struct {
	// Settings are read by micro frontends, by name: what they are is between them and the deployment.
	Settings map[string]any
	// Connect are origins besides this server that pages may talk to, such as a card processor's.
	Connect []string
}

// validate refuses what would say something else in the policy than an origin.
func (o Options) validate() error {
	for _, origin := range o.Connect {
		u, err := url.Parse(origin)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.Scheme+"://"+u.Host != origin {
			return fmt.Errorf("%q is not an origin that pages can talk to", origin)
		}
	}
	return nil
}
