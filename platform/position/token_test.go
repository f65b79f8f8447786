package position_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tiffin/platform/position"
)

func tokens() *rapid.Generator[position.Token] {
	return rapid.Custom(func(t *rapid.T) position.Token {
		return rapid.MapOfN(rapid.StringMatching(`[a-z]{1,12}`), rapid.Uint64(), 0, 6).Draw(t, "token")
	})
}

func TestATokenSurvivesItsEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := tokens().Draw(t, "token")
		got, err := position.Parse(want.Encode())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestMergeCoversBothAndNothingMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := tokens().Draw(t, "a"), tokens().Draw(t, "b")
		m := a.Merge(b)
		if !m.Covers(a) || !m.Covers(b) {
			t.Fatalf("%v does not cover %v and %v", m, a, b)
		}
		for domain, seq := range m {
			if seq != a[domain] && seq != b[domain] {
				t.Fatalf("%s: %d is neither's", domain, seq)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("")
	f.Add(position.Token{"ordering": 7, "restaurant": 1 << 40}.Encode())
	f.Add("AQhvcmRlcmluZwc")
	f.Fuzz(func(t *testing.T, s string) {
		token, err := position.Parse(s)
		if err != nil {
			return
		}
		again, err := position.Parse(token.Encode())
		if err != nil || !again.Covers(token) || !token.Covers(again) {
			t.Fatalf("%q: %v, then %v, %v", s, token, again, err)
		}
	})
}
