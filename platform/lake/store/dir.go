package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Dir is a store in a directory, which the first Put makes.
type Dir string

// String is the directory's URL.
func (d Dir) String() string { return (&url.URL{Scheme: "file", Path: string(d)}).String() }

const unfinished = ".part"

// Put writes the file beside its place, and moves it there when it is on the disk.
func (d Dir) Put(_ context.Context, name string, content []byte) error {
	path := d.path(name)
	made, err := makeDirs(filepath.Dir(path))
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".*"+unfinished)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), remove(file.Name()))
	}
	for _, dir := range append(made, filepath.Dir(path)) {
		if err := syncDir(dir); err != nil {
			return err
		}
	}
	return nil
}

// Get reads the file.
func (d Dir) Get(_ context.Context, name string) ([]byte, error) {
	content, err := os.ReadFile(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(filepath.Join(string(d), name))
	}
	return content, err
}

// List returns the files in the order of their names. What was being written when the power went is none of them.
func (d Dir) List(ctx context.Context, prefix string) (files []File, err error) {
	err = filepath.WalkDir(string(d), func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() || strings.HasSuffix(path, unfinished) {
			return err
		}
		name, err := filepath.Rel(string(d), path)
		if err != nil || !strings.HasPrefix(filepath.ToSlash(name), prefix) {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		files = append(files, File{Name: filepath.ToSlash(name), Bytes: info.Size()})
		return ctx.Err()
	})
	return files, err
}

func (d Dir) path(name string) string { return filepath.Join(string(d), filepath.FromSlash(name)) }

// makeDirs makes a directory, and returns those whose entries that changed.
func makeDirs(dir string) (changed []string, err error) {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		changed = append(changed, filepath.Dir(at))
	}
	return changed, os.MkdirAll(dir, 0o700)
}

// syncDir has the directory's entries on the disk.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
