// Package processes tests the services and BFFs as processes of their own, around a hub and a database that outlive them.
// It owns no code: whoever deploys them owns the wiring, and the tests beside this file show what it must come to.
// It does not cover a hub or a database of several nodes.
package processes
