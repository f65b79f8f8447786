package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
)

// File is one that is kept.
type File struct {
	Name  string
	Bytes int64
}

// Store keeps files. It is safe for concurrent use.
type Store interface {
	// Put keeps the content under a name; what is there by that name is replaced.
	Put(ctx context.Context, name string, content []byte) error
	// Get returns the content. ErrMissing: there is none.
	Get(ctx context.Context, name string) ([]byte, error)
	// List returns all files whose names begin with a prefix.
	List(ctx context.Context, prefix string) ([]File, error)
	// String says where it is, without secrets.
	String() string
}

// ErrMissing is returned for a file that is not there.
var ErrMissing = errors.New("there is no such file")

// Open returns the store at a URL: file:///directory or s3://bucket/prefix?endpoint=https://host:port&region=name. Who asks at
// an S3 is said by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by the role of the machine. Nothing is asked or made yet.
func Open(text string) (Store, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("it is not a URL")
	}
	switch {
	case u.Scheme == "file" && u.Host == "" && filepath.IsAbs(u.Path) && u.RawQuery == "":
		return Dir(u.Path), nil
	case u.Scheme == "file":
		return nil, errors.New("it is no file:///directory")
	case u.Scheme == "s3":
		return openS3(u)
	default:
		return nil, errors.New("it is neither file:///directory nor s3://bucket/prefix")
	}
}

func missing(name string) error { return fmt.Errorf("%w: %s", ErrMissing, name) }
