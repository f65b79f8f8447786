package identity

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	keyFile  = "identity.pem"
	pemBlock = "PRIVATE KEY"
)

// loadKey reads the signing key of the data directory, or makes one that the next start finds again. Two processes that
// start at once end with the same key: the first to name the file wins, and the other reads it.
func loadKey(dir string) (ed25519.PrivateKey, error) {
	path := filepath.Join(dir, keyFile)
	key, err := readKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("identity: make the data directory: %w", err)
	}
	if err := writeKey(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("identity: keep the signing key: %w", err)
	}
	return readKey(path)
}

func readKey(path string) (ed25519.PrivateKey, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("identity: read the signing key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("identity: %s is open to others (%s): make it 0600", path, info.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("identity: read the signing key: %w", err)
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != pemBlock {
		return nil, fmt.Errorf("identity: %s holds no private key", path)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("identity: %s: %w", path, err)
	}
	key, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("identity: %s holds another kind of key than Ed25519", path)
	}
	return key, nil
}

// writeKey never shows a half-written key: the file gets its name when it is whole. It reports fs.ErrExist if there is one.
func writeKey(path string) error {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), keyFile+".*") // 0600 from birth
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }() // a leftover name is harmless
	err = errors.Join(pem.Encode(file, &pem.Block{Type: pemBlock, Bytes: der}), file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Link(file.Name(), path)
}
