package main

import (
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What an operator's dashboards and alarms rest on: the names, units and labels.
func TestTheMetricsAnOperatorNeeds(t *testing.T) {
	url := started(t)
	token := signedIn(t, url)
	call(t, http.MethodGet, url+"/api/customer/v1/orders/"+placed(t, url, token), token, nil, nil)
	orders := `\{[^}]*tiffin_bff="customer"[^}]*tiffin_view="orders"[^}]*tiffin_view_version="\d+"[^}]*\}`
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		text := scrape(t, url)
		for _, line := range []string{
			`tiffin_view_position` + orders + ` [1-9]`, `tiffin_view_lag` + orders + ` 0`, `tiffin_view_parked` + orders + ` 0`, `tiffin_view_astray` + orders + ` 0`,
			`tiffin_view_events_total` + orders + ` [1-9]`, `tiffin_view_rate_per_second` + orders + ` \d`,
			`tiffin_fault_parked` + consumer("view", "orders") + ` 0`, `tiffin_fault_oldest_seconds` + consumer("view", "orders") + ` 0`,
			`tiffin_fault_parked` + consumer("process", "processes") + ` 0`, `tiffin_fault_parked` + consumer("replica", "menus") + ` 0`,
			`tiffin_fault_parked` + consumer("gateway", "payment") + ` 0`, `tiffin_fault_parked` + consumer("gateway", "payment-webhooks") + ` 0`,
			`tiffin_eventlog_append_duration_seconds_count\{[^}]*tiffin_domain="ordering"[^}]*tiffin_outcome="appended"[^}]*\} [1-9]`,
			`rpc_server_call_duration_seconds_count\{[^}]*rpc_method="tiffin.ordering.v1.OrderingService/PlaceOrder"[^}]*rpc_response_status_code="OK"[^}]*\} [1-9]`,
			`http_server_request_duration_seconds_count\{[^}]*http_request_method="POST"[^}]*http_response_status_code="200"[^}]*tiffin_route="/api/customer/v1/orders"[^}]*\} [1-9]`,
			`http_server_request_duration_seconds_count\{[^}]*tiffin_route="/api/customer/v1/orders/\{order_id\}[^}]*\} [1-9]`,
			`tiffin_mongolite_documents_bytes\{[^}]*\} [1-9]`, `tiffin_mongolite_keys_bytes\{[^}]*\} [1-9]`, `tiffin_hub_subjects\{[^}]*\} [1-9]`,
			`go_goroutines \d`, `go_memstats_heap_alloc_bytes \d`, `go_gc_duration_seconds_count \d`, `process_resident_memory_bytes \d`,
			`process_cpu_seconds_total \d`, `process_open_fds \d`,
		} {
			assert.Regexp(c, "(?m)^"+line, text)
		}
	}, 30*time.Second, 100*time.Millisecond)
	text := scrape(t, url)
	require.NotRegexp(t, `="[^"]*[0-7][0-9A-HJKMNP-TV-Z]{25}`, text, "an id in a label makes a series for each")
	require.NotRegexp(t, `(?m)^http_server.*server_address`, text, "clients choose it by their Host header")
}

// consumer is the labels of a metric about a consumer of the log.
func consumer(kind, name string) string {
	return `\{[^}]*tiffin_consumer_kind="` + kind + `",tiffin_consumer_name="` + name + `",tiffin_consumer_owner="[a-z]+",tiffin_consumer_version="\d+"[^}]*\}`
}

func scrape(t *testing.T, url string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/metrics", nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(text)
}
