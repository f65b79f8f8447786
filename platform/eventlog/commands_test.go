package eventlog

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestTheLastCommandsAreRemembered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c commands
		n := rapid.IntRange(1, 3*rememberedCommands).Draw(t, "commands")
		for i := range n {
			c.remember(fmt.Sprint("c", i), "f", uint64(i+1))
		}
		for i := range n {
			position, before, err := c.answered(Command{ID: fmt.Sprint("c", i), Fingerprint: "f"})
			if err != nil || before != (i >= n-rememberedCommands) || before && position != uint64(i+1) {
				t.Fatalf("of %d, command %d: %d, %v, %v", n, i, position, before, err)
			}
		}
		if _, before, err := c.answered(Command{ID: fmt.Sprint("c", n-1), Fingerprint: "another"}); !before || err == nil {
			t.Fatal("the same id for another content is refused")
		}
	})
}
