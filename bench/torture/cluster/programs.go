package cluster

import "fmt"

// program is one of ours, and how it is started.
type program struct {
	name, binary string
	// audience of a BFF; empty: it is a service.
	audience string
	// commands are whom it commands.
	commands []string
	// hurried: it knows of the time factor.
	hurried bool
}

// programs are everything of ours in a cell. Of those who take over from each other there are two.
var programs = []program{
	{name: "restaurant", binary: "restaurant"},
	{name: "ordering", binary: "ordering"},
	{name: "kitchen", binary: "kitchen"},
	{name: "delivery", binary: "delivery"},
	{name: "courier", binary: "courier"},
	{name: "customer", binary: "customer"},
	{name: "payment", binary: "payment", hurried: true},
	{name: "fulfilment", binary: "fulfilment", hurried: true, commands: []string{"ordering", "payment", "kitchen", "delivery"}},
	{name: "fulfilment-2", binary: "fulfilment", hurried: true, commands: []string{"ordering", "payment", "kitchen", "delivery"}},
	{name: "dispatch", binary: "dispatch", hurried: true, commands: []string{"courier", "delivery"}},
	{name: "dispatch-2", binary: "dispatch", hurried: true, commands: []string{"courier", "delivery"}},
	{name: "erasure", binary: "erasure", hurried: true, commands: []string{"ordering", "customer"}},
	{name: "customer-bff", audience: "customer", binary: "customer", hurried: true, commands: []string{"ordering", "customer"}},
	{name: "customer-bff-2", audience: "customer", binary: "customer", hurried: true, commands: []string{"ordering", "customer"}},
	{name: "restaurant-bff", audience: "restaurant", binary: "restaurant", commands: []string{"kitchen", "restaurant"}},
	{name: "courier-bff", audience: "courier", binary: "courier", commands: []string{"courier", "delivery"}},
	{name: "courier-bff-2", audience: "courier", binary: "courier", commands: []string{"courier", "delivery"}},
}

// The other processes.
const (
	database = "mongolite"
	cards    = "card-processor"
)

// Nodes is how many NATS servers there are, and how many copies of the log.
const Nodes = 3

func node(i int) string { return fmt.Sprintf("nats-%d", i) }
