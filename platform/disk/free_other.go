//go:build !unix

package disk

import "errors"

func free(string) (uint64, error) { return 0, errors.ErrUnsupported }
