package cluster

import (
	"bufio"
	"net"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// echo answers every line with the same line.
func echo(t *testing.T) (addr string, heard chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	heard = make(chan string, 100)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				for said := bufio.NewScanner(conn); said.Scan(); {
					heard <- said.Text()
					_, _ = conn.Write([]byte(said.Text() + "\n"))
				}
			}()
		}
	}()
	return l.Addr().String(), heard
}

// wire is a link to somebody who echoes.
func wire(t *testing.T) (l *Link, heard chan string) {
	t.Helper()
	addr, heard := echo(t)
	p := ports{map[string]bool{}}
	listen, err := p.free()
	require.NoError(t, err)
	l = &Link{From: "a", To: "b", proxies: newProxies(), listen: listen, target: addr}
	require.NoError(t, l.open())
	t.Cleanup(l.close)
	return l, heard
}

type speaker struct {
	net.Conn
	answers *bufio.Reader
}

func dial(t *testing.T, l *Link) speaker {
	t.Helper()
	conn, err := net.Dial("tcp", l.listen)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return speaker{conn, bufio.NewReader(conn)}
}

func (s speaker) says(t *testing.T, what string) {
	t.Helper()
	_, err := s.Write([]byte(what + "\n"))
	require.NoError(t, err)
}

func (s speaker) hears(t *testing.T, what string) {
	t.Helper()
	require.NoError(t, s.SetReadDeadline(time.Now().Add(wait)))
	got, err := s.answers.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, what+"\n", got)
}

// silent: for a moment there is no answer, and no end.
func (s speaker) silent(t *testing.T) {
	t.Helper()
	require.NoError(t, s.SetReadDeadline(time.Now().Add(50*time.Millisecond)))
	_, err := s.answers.ReadByte()
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
}

func TestACutSwallowsWhatIsSaidAndKeepsTheConnection(t *testing.T) {
	l, heard := wire(t)
	s := dial(t, l)
	s.says(t, "hello")
	s.hears(t, "hello")
	<-heard
	require.NoError(t, l.Cut(Out, Back))
	s.says(t, "is anybody there?")
	s.silent(t)
	require.Empty(t, heard)
	require.NoError(t, l.Heal())
	s = dial(t, l)
	s.says(t, "again")
	s.hears(t, "again")
	require.Equal(t, "again", <-heard, "what was swallowed never arrives")
}

func TestACutMayBeOfOneDirectionOnly(t *testing.T) {
	l, heard := wire(t)
	s := dial(t, l)
	require.NoError(t, l.Cut(Back))
	s.says(t, "I hear nothing")
	require.Equal(t, "I hear nothing", <-heard)
	s.silent(t)
}

func TestABrokenLinkResetsAndRefuses(t *testing.T) {
	l, _ := wire(t)
	s := dial(t, l)
	s.says(t, "hello")
	s.hears(t, "hello")
	require.NoError(t, l.Break())
	require.NoError(t, s.SetReadDeadline(time.Now().Add(wait)))
	_, err := s.answers.ReadByte()
	require.Error(t, err)
	require.NotErrorIs(t, err, os.ErrDeadlineExceeded)
	_, err = net.Dial("tcp", l.listen)
	require.Error(t, err)
	require.NoError(t, l.Heal())
	s = dial(t, l)
	s.says(t, "hello")
	s.hears(t, "hello")
}

func TestASlowLinkAnswersLate(t *testing.T) {
	l, _ := wire(t)
	const by = 100 * time.Millisecond
	require.NoError(t, l.Slow(by))
	s := dial(t, l)
	began := time.Now()
	s.says(t, "hello")
	s.hears(t, "hello")
	require.GreaterOrEqual(t, time.Since(began), by/2, "half of it, less what it varies by, in each direction")
	require.NoError(t, l.Heal())
}
