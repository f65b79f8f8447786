package api

import "encoding/json"

// Money is an amount in minor units.
type Money struct {
	Currency string `json:"currency_code"`
	Minor    int64  `json:"minor_units,string"`
}

// Duration is what a protobuf duration looks like in JSON: "90s".
func Duration(seconds float64) string {
	text, _ := json.Marshal(seconds) // a finite number always encodes
	return string(text) + "s"
}
