package bff

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"

	"tiffin/platform/problem"
)

// pageToken names the last entry of the page before, and the list that it belongs to: entries that come or go meanwhile
// shift nothing, and a token of another list is refused.
type pageToken[K any] struct {
	List uint64 `json:"l"`
	Last K      `json:"k"`
}

// EncodePage returns the token of the page after the entry with the key.
func EncodePage[K any](list uint64, last K) (string, error) {
	raw, err := json.Marshal(pageToken[K]{list, last})
	return base64.RawURLEncoding.EncodeToString(raw), err
}

// DecodePage returns the key that EncodePage was given, or nil for the first page. A token of another list is invalid.
func DecodePage[K any](list uint64, token string) (*K, error) {
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

// ListID is the same for the same question only.
func ListID(parts ...any) (uint64, error) {
	raw, err := json.Marshal(parts)
	sum := sha256.Sum256(raw)
	return binary.BigEndian.Uint64(sum[:8]), err
}

// PageSize is what was asked for, or what is normal.
func PageSize(asked, normal int32) int {
	if asked == 0 {
		return int(normal)
	}
	return int(asked)
}
