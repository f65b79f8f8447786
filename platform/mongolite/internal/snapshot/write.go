package snapshot

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/store"
)

// Write replaces the file at path by a snapshot of the collections. After a crash
// there is the old file or the new one, whole.
func Write(path string, all []store.Frozen) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".tmp-*")
	if err != nil {
		return fmt.Errorf("create a snapshot: %w", err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()           // the first error is the one to tell
			_ = os.Remove(f.Name()) // and the file is of no use
		}
	}()
	buffered := bufio.NewWriterSize(f, 256<<10)
	if err := encode(buffered, all); err != nil {
		return fmt.Errorf("write a snapshot: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("write a snapshot: %w", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync a snapshot: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("close a snapshot: %w", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("replace the snapshot: %w", err)
	}
	return syncDir(dir)
}

// Clean removes what a crash in the middle of a Write has left beside the file.
func Clean(path string) {
	left, _ := filepath.Glob(path + ".tmp-*") // a path that is no pattern leaves a file more
	for _, name := range left {
		_ = os.Remove(name) // it only takes space
	}
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync the snapshot's directory: %w", err)
	}
	defer func() { _ = d.Close() }() // nothing was written through it
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync the snapshot's directory: %w", err)
	}
	return nil
}

func encode(w io.Writer, all []store.Frozen) error {
	if _, err := w.Write(append([]byte(magic), version)); err != nil {
		return err
	}
	documents := 0
	for _, c := range all {
		if err := writeFrame(w, kindCollection, describe(c)); err != nil {
			return err
		}
		if err := encodeDocuments(w, c); err != nil {
			return err
		}
		documents += c.Len()
	}
	end := bsoncore.NewDocumentBuilder().AppendInt64("collections", int64(len(all))).AppendInt64("documents", int64(documents))
	return writeFrame(w, kindEnd, end.Build())
}

func describe(c store.Frozen) bsoncore.Document {
	indexes := bsoncore.NewArrayBuilder()
	for _, ix := range c.Indexes() {
		indexes.AppendDocument(bsoncore.NewDocumentBuilder().
			AppendString("name", ix.Name).AppendDocument("key", ix.Order.Document()).AppendBoolean("unique", ix.Unique).Build())
	}
	return bsoncore.NewDocumentBuilder().
		AppendString("database", c.Database).AppendString("name", c.Name).
		AppendInt64("documents", int64(c.Len())).AppendArray("indexes", indexes.Build()).Build()
}

func encodeDocuments(w io.Writer, c store.Frozen) error {
	block := make([]byte, 0, blockSize)
	for doc := range c.Documents() {
		if len(block) > 0 && len(block)+len(doc) > blockSize {
			if err := writeFrame(w, kindDocuments, block); err != nil {
				return err
			}
			block = block[:0]
		}
		block = append(block, doc...)
	}
	if len(block) == 0 {
		return nil
	}
	return writeFrame(w, kindDocuments, block)
}
