package main

import (
	"bufio"
	"context"
	"net/http"
	"strconv"
	"strings"
)

// scrape reads the system's metrics, without their labels, of which the last of a name counts; none where it doesn't answer.
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
		at := strings.LastIndexByte(lines.Text(), ' ')
		if at < 0 {
			continue
		}
		series, value := lines.Text()[:at], lines.Text()[at+1:]
		name, _, _ := strings.Cut(series, "{")
		if figure, err := strconv.ParseFloat(value, 64); err == nil {
			out[name] = figure
		}
	}
	return out
}
