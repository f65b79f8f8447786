package main

import (
	"fmt"
	"net/http"
	"net/url"
	"os"

	"tiffin/deploy/sandbox"
	"tiffin/frontends/shell/server"
)

// frontends are what people's browsers need besides the APIs and signing in. Cards go from the page to the processor at the
// URL, which is empty while that is not known.
func frontends(s settings, processor string) (http.Handler, error) {
	var o server.Options
	if at, err := url.Parse(processor); err == nil && at.Host != "" {
		known := map[string]any{"url": processor}
		if s.URL == "" {
			known["test_cards"] = sandbox.TestCards()
		}
		o.Connect, o.Settings = []string{at.Scheme + "://" + at.Host}, map[string]any{"card_processor": known}
	}
	pages, err := server.Handler(os.DirFS(s.WebDir), o)
	if err != nil {
		return nil, fmt.Errorf("TIFFIN_WEB_DIR: %s: %w", s.WebDir, err)
	}
	return pages, nil
}
