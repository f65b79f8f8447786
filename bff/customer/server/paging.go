package server

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"

	"tiffin/platform/problem"
)

// A page token names the last entry of the page before, and the list that it belongs to: entries that come or go meanwhile
// shift nothing, and a token of another list is refused.
type pageToken[K any] struct {
	List uint64 `json:"l"`
	Last K      `json:"k"`
}

func encodePage[K any](list uint64, last K) (string, error) {
	raw, err := json.Marshal(pageToken[K]{list, last})
	return base64.RawURLEncoding.EncodeToString(raw), err
}

// decodePage returns nil for the first page.
func decodePage[K any](list uint64, token string) (*K, error) {
	if token == "" {
		return nil, nil
	}
	var page pageToken[K]
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err == nil {
		err = json.Unmarshal(raw, &page)
	}
	if err != nil || page.List != list {
		return nil, problem.InvalidField("page_token", "is not a token of this list")
	}
	return &page.Last, nil
}

// listID is the same for the same question only.
func listID(parts ...any) (uint64, error) {
	raw, err := json.Marshal(parts)
	sum := sha256.Sum256(raw)
	return binary.BigEndian.Uint64(sum[:8]), err
}

func pageSize(asked, normal int32) int {
	if asked == 0 {
		return int(normal)
	}
	return int(asked)
}
