package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The headers that carry a message's id, the seconds since 1970 at which it was sent, and its signatures.
const (
	HeaderID        = "Webhook-Id"
	HeaderTimestamp = "Webhook-Timestamp"
	HeaderSignature = "Webhook-Signature"
)

const version = "v1,"

// Sign adds the headers of a message that is sent at that time.
func Sign(h http.Header, secret []byte, id string, at time.Time, body []byte) {
	timestamp := strconv.FormatInt(at.Unix(), 10)
	h.Set(HeaderID, id)
	h.Set(HeaderTimestamp, timestamp)
	h.Set(HeaderSignature, version+base64.StdEncoding.EncodeToString(digest(secret, id, timestamp, body)))
}

func digest(secret []byte, id, timestamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	_, _ = fmt.Fprintf(mac, "%s.%s.", id, timestamp) // a hash never fails
	mac.Write(body)
	return mac.Sum(nil)
}

var (
	errUnsigned = errors.New("the message has no valid signature")
	errNotNow   = errors.New("the message was not sent just now")
)

// verify returns the id of a message that one of the secrets signs and that was sent within the window around now. Several
// secrets let one be replaced by the next; several signatures let a sender do the same.
func verify(h http.Header, secrets [][]byte, now time.Time, window time.Duration, body []byte) (string, error) {
	id, timestamp := h.Get(HeaderID), h.Get(HeaderTimestamp)
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || id == "" || len(id) > maxID {
		return "", errUnsigned
	}
	if !signed(h.Get(HeaderSignature), secrets, id, timestamp, body) {
		return "", errUnsigned
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > window || age < -window {
		return "", errNotNow
	}
	return id, nil
}

const (
	maxID         = 128
	maxSignatures = 8
)

func signed(signatures string, secrets [][]byte, id, timestamp string, body []byte) bool {
	for i, s := range strings.Fields(signatures) {
		given, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s, version))
		if i >= maxSignatures || err != nil || !strings.HasPrefix(s, version) {
			continue
		}
		for _, secret := range secrets {
			if hmac.Equal(given, digest(secret, id, timestamp, body)) {
				return true
			}
		}
	}
	return false
}
