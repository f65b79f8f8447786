package position

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
)

// Token maps a domain to the last sequence of the event log that was seen of it. The zero value has seen nothing.
type Token map[string]uint64

// ErrMalformed is what Parse returns for anything that Encode did not make.
var ErrMalformed = errors.New("position token is malformed")

const (
	version    = 1
	maxDomains = 64
	maxLength  = 4096
)

// Encode returns the token as a header value: letters, digits, - and _. Equal tokens encode equally; an empty one is "".
func (t Token) Encode() string {
	if len(t) == 0 {
		return ""
	}
	buf := []byte{version}
	for _, domain := range slices.Sorted(maps.Keys(t)) {
		buf = binary.AppendUvarint(buf, uint64(len(domain)))
		buf = append(buf, domain...)
		buf = binary.AppendUvarint(buf, t[domain])
	}
	return base64.RawURLEncoding.EncodeToString(buf)
}

// Parse reads what Encode wrote; "" is the empty token. Anything else is ErrMalformed.
func Parse(s string) (Token, error) {
	t := Token{}
	if s == "" {
		return t, nil
	}
	if len(s) > maxLength {
		return nil, ErrMalformed
	}
	buf, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(buf) == 0 || buf[0] != version {
		return nil, ErrMalformed
	}
	for buf = buf[1:]; len(buf) > 0; {
		size, n := binary.Uvarint(buf)
		if n <= 0 || size == 0 || size > uint64(len(buf)-n) || len(t) == maxDomains {
			return nil, ErrMalformed
		}
		domain := string(buf[n : n+int(size)])
		buf = buf[n+int(size):]
		seq, n := binary.Uvarint(buf)
		if n <= 0 {
			return nil, ErrMalformed
		}
		t[domain] = max(t[domain], seq)
		buf = buf[n:]
	}
	return t, nil
}

// Merge returns a token that has seen what either has.
func (t Token) Merge(other Token) Token {
	out := make(Token, len(t)+len(other))
	maps.Copy(out, t)
	for domain, seq := range other {
		out[domain] = max(out[domain], seq)
	}
	return out
}

// Covers reports whether t has seen everything that other has.
func (t Token) Covers(other Token) bool {
	for domain, seq := range other {
		if t[domain] < seq {
			return false
		}
	}
	return true
}
