// Code generated from tools/openapi. DO NOT EDIT.

// Package openapi holds the description of each BFF's API, so that programs carry it wherever they are started.
// It owns nothing but the files beside it, which are generated from the protos; callers serve them.
// It does not promise a description of anything but REST.
package openapi

import "embed"

//go:embed tiffin/bff
var files embed.FS

// Of returns the OpenAPI document of an audience's BFF, as JSON.
func Of(audience string) ([]byte, error) {
	return files.ReadFile("tiffin/bff/" + audience + "/v1/" + audience + ".swagger.json")
}
