package main

import (
	"fmt"
	"net/http"
	"os"

	"tiffin/frontends/shell/server"
)

// frontends are what people's browsers need besides the APIs and signing in.
func frontends(s settings) (http.Handler, error) {
	pages, err := server.Handler(os.DirFS(s.WebDir))
	if err != nil {
		return nil, fmt.Errorf("TIFFIN_WEB_DIR: %s: %w", s.WebDir, err)
	}
	return pages, nil
}
