package check

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

// Operation is one thing that the card processor did, as it says itself. ID is ours: what it was asked under.
type Operation struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	// Payment is the processor's own id of the payment.
	Payment string `json:"payment"`
	Amount  struct {
		Minor int64 `json:"minor_units"`
	} `json:"amount"`
	Status string `json:"status"`
}

// Ledger tells what the card processor did.
type Ledger func(context.Context) ([]Operation, error)

// File is the ledger that the sandbox keeps in its data directory, operations.jsonl. A last line that was cut off was never
// acknowledged to anybody.
func File(path string) Ledger {
	return func(context.Context) ([]Operation, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }() // it was only read
		var all []Operation
		in := bufio.NewReader(file)
		for {
			text, err := in.ReadBytes('\n')
			if errors.Is(err, io.EOF) {
				return all, nil
			}
			var line struct{ Operation *Operation }
			if err == nil {
				err = json.Unmarshal(text, &line)
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			if line.Operation != nil {
				all = append(all, *line.Operation)
			}
		}
	}
}

const (
	askWithin = 10 * time.Second
	askTries  = 20
)

// Processor is the ledger that a sandbox shows at its address to who knows the key. One that goes wrong on purpose is asked again.
func Processor(url, key string) Ledger {
	return func(ctx context.Context) ([]Operation, error) {
		client := &http.Client{Timeout: askWithin, Transport: &http.Transport{}}
		defer client.CloseIdleConnections()
		var all []Operation
		for tries := 0; ; {
			page, err := operations(ctx, client, url+"/v1/operations?from="+strconv.Itoa(len(all)), key)
			if err != nil {
				if tries++; tries == askTries || ctx.Err() != nil {
					return nil, fmt.Errorf("the card processor: %w", err)
				}
				continue
			}
			if len(page) == 0 {
				return all, nil
			}
			all = append(all, page...)
		}
	}
}

func operations(ctx context.Context, client *http.Client, url, key string) ([]Operation, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, err
	}
	q.Header.Set("Authorization", "Bearer "+key)
	resp, err := client.Do(q)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // it was read to its end, or is of no use
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	var page struct{ Operations []Operation }
	return page.Operations, json.NewDecoder(resp.Body).Decode(&page)
}
