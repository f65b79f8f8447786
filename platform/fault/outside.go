package fault

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// showMessage returns a message from outside with nothing but the names of its fields and the values of those that may be
// shown: what the others say is anybody's guess.
func showMessage(body []byte, shown []string) (string, error) {
	m, err := read(body)
	if err != nil {
		return "", fmt.Errorf("the message is no JSON, and of its %d bytes nobody knows what they say", len(body))
	}
	text, err := json.Marshal(hide(m, false, shown, func(string) {}))
	return string(text), err
}

// wordsOf returns what of a message is not to be told.
func wordsOf(body []byte, shown []string) []string {
	m, err := read(body)
	if err != nil {
		return []string{string(body)}
	}
	var words []string
	hide(m, false, shown, func(word string) { words = append(words, word) })
	return words
}

func read(body []byte) (m any, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // as it stands there
	err = d.Decode(&m)
	return m, err
}

// hide returns the value with what is not to be shown redacted, and tells of it.
func hide(value any, show bool, shown []string, hidden func(string)) any {
	switch v := value.(type) {
	case map[string]any:
		for name := range v {
			v[name] = hide(v[name], slices.Contains(shown, name), shown, hidden)
		}
	case []any:
		for i := range v {
			v[i] = hide(v[i], show, shown, hidden)
		}
	case string, json.Number:
		if !show {
			hidden(fmt.Sprint(v))
			return redacted
		}
	case bool: // by itself it says nothing, so it is no word to look for
		if !show {
			return redacted
		}
	}
	return value
}
