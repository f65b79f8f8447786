package main

import (
	"bufio"
	"context"
	"net/http"
	"strconv"
	"strings"
)

// scrape reads the system's metrics that have no labels; none where it doesn't answer.
func scrape(ctx context.Context, client *http.Client, url string) map[string]float64 {
	out := map[string]float64{}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/metrics", nil)
	if err != nil {
		return out
	}
	resp, err := client.Do(r)
	if err != nil {
		return out
	}
	defer func() { _ = resp.Body.Close() }() // it was read to its end, or is of no use any more
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		name, value, found := strings.Cut(lines.Text(), " ")
		if figure, err := strconv.ParseFloat(value, 64); found && err == nil {
			out[name] = figure
		}
	}
	return out
}
