package hubtest

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"tiffin/platform/hub"
)

// nodeVariable names the configuration of the node that a process is to be, instead of a test.
const nodeVariable = "TIFFIN_TEST_NATS_NODE"

// Node makes this process a node of Processes, if it was started as one, and reports so when it has ended. A package that
// uses Processes calls it first in its TestMain.
func Node() bool {
	config := os.Getenv(nodeVariable)
	if config == "" {
		return false
	}
	options, err := server.ProcessConfigFile(config)
	if err != nil {
		panic(err)
	}
	options.NoSigs, options.NoLog = true, true
	s, err := server.NewServer(options)
	if err != nil {
		panic(err)
	}
	s.Start()
	_, _ = io.Copy(io.Discard, os.Stdin) // it ends with the test's process, however that ends
	return true
}

// Processes are a cluster of three servers on loopback, each a process of its own that can be killed.
type Processes struct {
	t       testing.TB
	configs []string
	urls    []string
	running []*exec.Cmd
}

// NewProcesses starts the processes, which end with the test, and does not wait until they are a cluster.
func NewProcesses(t testing.TB) *Processes {
	t.Helper()
	p := &Processes{t: t, running: make([]*exec.Cmd, Nodes)}
	ports := freePorts(t, 2*Nodes)
	var routes []string
	for i := range Nodes {
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", ports[i]))
	}
	for i := range Nodes {
		dir := t.TempDir()
		config := filepath.Join(dir, "node.conf")
		text := fmt.Sprintf("server_name: %s\nlisten: 127.0.0.1:%d\njetstream { store_dir: %q }\n"+
			"cluster { name: tiffin, listen: 127.0.0.1:%d, routes: [%s] }\n",
			name(i), ports[Nodes+i], dir, ports[i], strings.Join(routes, ", "))
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p.configs = append(p.configs, config)
		p.urls = append(p.urls, fmt.Sprintf("nats://127.0.0.1:%d", ports[Nodes+i]))
		p.Start(i)
	}
	t.Cleanup(func() {
		for i := range Nodes {
			p.Kill(i)
		}
	})
	return p
}

func name(i int) string { return fmt.Sprintf("n%d", i) }

// Start starts a node that does not run, with the files that it has.
func (p *Processes) Start(i int) {
	p.t.Helper()
	self, err := os.Executable()
	if err != nil {
		p.t.Fatal(err)
	}
	node := exec.Command(self)
	node.Env = append(os.Environ(), nodeVariable+"="+p.configs[i])
	if _, err := node.StdinPipe(); err != nil {
		p.t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.running[i] = node
}

// Kill kills a node that runs, without a word to it.
func (p *Processes) Kill(i int) {
	if p.running[i] != nil {
		_ = p.running[i].Process.Kill() // it has ended already
		_ = p.running[i].Wait()         // it tells of the kill
		p.running[i] = nil
	}
}

// Connect returns a connection that knows all nodes, and waits for the first of them.
func (p *Processes) Connect() *nats.Conn {
	p.t.Helper()
	nc, err := hub.Connect(strings.Join(p.urls, ","), nats.RetryOnFailedConnect(true))
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(nc.Close)
	return nc
}

// Index returns which node bears a server's name; -1 for none.
func (*Processes) Index(serverName string) int {
	for i := range Nodes {
		if name(i) == serverName {
			return i
		}
	}
	return -1
}
