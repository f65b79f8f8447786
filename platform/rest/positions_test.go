package rest_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"tiffin/platform/position"
	"tiffin/platform/problem"
	"tiffin/platform/rest"
)

func at(domain string, sequence uint64) string { return position.Token{domain: sequence}.Encode() }

// seer answers with what it has seen, and keeps what it was shown.
func seer(seen position.Token, fail error) (*shop, *metadata.MD) {
	var shown metadata.MD
	return &shop{get: func(ctx context.Context) error {
		shown, _ = metadata.FromIncomingContext(ctx)
		if err := grpc.SetHeader(ctx, metadata.Pairs(rest.PositionKey, seen.Encode())); err != nil {
			return err
		}
		return fail
	}}, &shown
}

func TestAnswersCoverAllThatWasPresented(t *testing.T) {
	all := position.Token{"ordering": 7, "restaurant": 5, "kitchen": 3}
	for name, headers := range map[string][]string{
		"one":               {"Tiffin-Position", position.Token{"restaurant": 5, "kitchen": 3}.Encode()},
		"a list":            {"Tiffin-Position", at("restaurant", 5) + ", " + at("kitchen", 3)},
		"a list, tight":     {"Tiffin-Position", at("restaurant", 5) + "," + at("kitchen", 3) + ",,"},
		"repeated headers":  {"Tiffin-Position", at("restaurant", 5), "Tiffin-Position", at("kitchen", 3)},
		"both":              {"Tiffin-Position", at("restaurant", 5) + "," + at("restaurant", 2), "Tiffin-Position", at("kitchen", 3)},
		"the last event's":  {"Last-Event-ID", at("restaurant", 5), "Tiffin-Position", at("kitchen", 3)},
		"last events":       {"Last-Event-ID", at("restaurant", 5) + "," + at("kitchen", 3)},
		"older than seen":   {"Tiffin-Position", at("ordering", 1) + "," + at("restaurant", 5) + "," + at("kitchen", 3)},
		"as many as may be": {"Tiffin-Position", strings.Repeat(at("kitchen", 3)+",", 15) + at("restaurant", 5)},
	} {
		t.Run(name, func(t *testing.T) {
			for _, fail := range []error{nil, problem.Refuse("CLOSED", "it is closed")} {
				s, shown := seer(position.Token{"ordering": 7}, fail)
				answer := open(t, s).ask(http.MethodGet, order, "", headers...)
				require.Equal(t, []string{all.Encode()}, answer.Header.Values("Tiffin-Position"))
				require.Empty(t, answer.Header.Values("Tiffin-Stale"))
				presented := position.Token{}
				for _, key := range []string{rest.PositionKey, rest.LastEventIDKey} {
					require.LessOrEqual(t, len(shown.Get(key)), 1, "handlers find one token")
					for _, value := range shown.Get(key) {
						token, err := position.Parse(value)
						require.NoError(t, err)
						presented = presented.Merge(token)
					}
				}
				require.True(t, presented.Covers(position.Token{"restaurant": 5, "kitchen": 3}))
			}
		})
	}
}

func TestAnAnswerSaysOnceThatItIsStale(t *testing.T) {
	for _, fail := range []error{nil, problem.Missing("ORDER_NOT_FOUND", "there is none")} {
		f := open(t, &shop{get: func(ctx context.Context) error {
			rest.Stale(ctx)
			rest.Stale(ctx)
			return fail
		}})
		require.Equal(t, []string{"true"}, f.ask(http.MethodGet, order, "").Header.Values("Tiffin-Stale"))
	}
}

func TestNothingPresentedIsNothingShown(t *testing.T) {
	s, shown := seer(nil, nil)
	f := open(t, s)
	answer := f.ask(http.MethodGet, order, "", "Grpc-Metadata-Tiffin-Position", at("ordering", 1))
	require.Equal(t, 200, answer.StatusCode)
	require.Empty(t, answer.Header.Values("Tiffin-Position"))
	require.Empty(t, shown.Get(rest.PositionKey))
}

func TestPositionsThatAreNone(t *testing.T) {
	reached := false
	f := open(t, &shop{get: func(context.Context) error { reached = true; return nil }})
	var many []string // each fits, all together don't
	for i := range 8 {
		many = append(many, at(strings.Repeat(string(rune('a'+i)), 1000), 1))
	}
	for name, value := range map[string]string{
		"garbage":            "garbage",
		"one of two":         at("ordering", 1) + ", garbage",
		"another list":       at("ordering", 1) + ";" + at("kitchen", 1),
		"too many":           strings.Repeat(at("ordering", 1)+",", 17),
		"too long together":  strings.Join(many, ","),
		"cut":                at("ordering", 1)[:5],
		"a foreign alphabet": "+/+/",
	} {
		for _, header := range []string{"Tiffin-Position", "Last-Event-Id"} {
			t.Run(header+": "+name, func(t *testing.T) {
				f := &face{T: t, url: f.url}
				got := f.requireProblem(f.ask(http.MethodGet, order, "", header, value), 400, "INVALID_ARGUMENT")
				require.Equal(t, header, got.Violations[0].Field)
			})
		}
	}
	require.False(t, reached)
}

func TestStaleAnswersSaySo(t *testing.T) {
	f := open(t, &shop{get: func(ctx context.Context) error {
		return grpc.SetHeader(ctx, metadata.Pairs(rest.StaleKey, "true", "secret", "x"))
	}})
	answer := f.ask(http.MethodGet, order, "", "Tiffin-Position", at("ordering", 9))
	require.Equal(t, "true", answer.Header.Get("Tiffin-Stale"))
	require.Equal(t, at("ordering", 9), answer.Header.Get("Tiffin-Position"))
	for name := range answer.Header {
		require.NotContains(t, strings.ToLower(name), "secret", "other metadata stay inside")
	}
}

// What is not found may only not be there yet.
func TestAnswersThatSayNoSaySoToo(t *testing.T) {
	f := open(t, &shop{get: func(ctx context.Context) error {
		if err := grpc.SetHeader(ctx, metadata.Pairs(rest.StaleKey, "true")); err != nil {
			return err
		}
		return problem.Missing("ORDER_NOT_FOUND", "there is no such order")
	}})
	answer := f.ask(http.MethodGet, order, "", "Tiffin-Position", at("ordering", 9))
	require.Equal(t, http.StatusNotFound, answer.StatusCode)
	require.Equal(t, "true", answer.Header.Get("Tiffin-Stale"))
}
