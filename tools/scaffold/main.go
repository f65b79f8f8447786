// Command scaffold writes the start of something that is added often. What it writes passes its tests once what is generated
// is generated, and says what is left to do; from there on it belongs to whoever asked for it. It overwrites nothing.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run("..", os.Stdout, os.Args[1:]); err != nil { // started in tools/, the folder of its own module
		_, _ = fmt.Fprintln(os.Stderr, "scaffold:", err) // there is nowhere else to say it
		os.Exit(1)
	}
}

// run writes below root, the folder of the module that it is for.
func run(root string, out io.Writer, args []string) error {
	kind, n, err := parse(args)
	if err != nil {
		return err
	}
	s, err := newStart(kind, n)
	if err != nil {
		return err
	}
	if err := s.write(root); err != nil {
		return err
	}
	return s.next.Execute(out, n)
}

func parse(args []string) (kind string, n names, err error) {
	switch {
	case len(args) == 3 && args[0] == "view":
		n, err = newNames(args[2], args[1])
	case len(args) == 2 && args[0] == "service":
		n, err = newNames(args[1], "")
	default:
		return "", names{}, errors.New("usage: scaffold view <audience> <name> | service <name>")
	}
	return args[0], n, err
}
