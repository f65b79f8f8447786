package history

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
)

// Read are the calls of a history, in the order in which they ended. A last line that was cut off is left out: whoever wrote it
// was killed. After an error nothing follows.
func Read(path string) iter.Seq2[Call, error] {
	return func(yield func(Call, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(Call{}, fmt.Errorf("history: %w", err))
			return
		}
		defer func() { _ = file.Close() }() // it was only read
		in := bufio.NewReader(file)
		for n := 1; ; n++ {
			line, err := in.ReadBytes('\n')
			if errors.Is(err, io.EOF) {
				return
			}
			var c Call
			if err == nil {
				err = json.Unmarshal(line, &c)
			}
			if err != nil {
				yield(Call{}, fmt.Errorf("history: line %d: %w", n, err))
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}
