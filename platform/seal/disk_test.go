package seal_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/hub"
	"tiffin/platform/seal"
)

// disk is a hub whose files can be looked at.
type disk struct {
	dir    string
	keys   seal.Keys
	bucket jetstream.KeyValue
	stream jetstream.Stream
}

func newDisk(t *testing.T) (d disk) {
	t.Helper()
	d.dir = t.TempDir()
	server, err := hub.Start(hub.Options{Dir: d.dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	nc, err := server.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	if d.keys, err = seal.NewKeys(t.Context(), nc, 1); err != nil {
		t.Fatal(err)
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if d.bucket, err = js.KeyValue(t.Context(), seal.Bucket); err != nil {
		t.Fatal(err)
	}
	if d.stream, err = js.Stream(t.Context(), "KV_"+seal.Bucket); err != nil {
		t.Fatal(err)
	}
	return d
}

// records returns both records of the person's key, which are to be on the disk.
func (d disk) records(t *testing.T, person string) (both []jetstream.KeyValueEntry) {
	t.Helper()
	if _, err := d.keys.Key(t.Context(), person); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{person, person + ".mask"} {
		entry, err := d.bucket.Get(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if !onDisk(t, d.dir, entry.Value()) {
			t.Fatalf("the record %s is not where it is looked for", name)
		}
		both = append(both, entry)
	}
	return both
}

func TestADestroyedKeyLeavesTheDisk(t *testing.T) {
	d := newDisk(t)
	stored := map[string][]jetstream.KeyValueEntry{}
	for i := range 20 {
		person := fmt.Sprint("p", i)
		stored[person] = d.records(t, person)
	}
	for _, person := range []string{"p0", "p7", "p19"} { // the first, one between, the last
		if err := d.keys.Destroy(t.Context(), person); err != nil {
			t.Fatal(err)
		}
		for _, record := range stored[person] {
			if onDisk(t, d.dir, record.Value()) {
				t.Fatalf("the record %s is still on the disk", record.Key())
			}
		}
	}
	d.records(t, "p1")
}

// The server notes a deletion before it overwrites: who is killed between the two leaves what a plain deletion leaves.
func TestAKeyIsGoneThoughItsErasureWasCutShort(t *testing.T) {
	for i, which := range []string{"its own record", "its mask, after the own record"} {
		t.Run(which, func(t *testing.T) {
			d := newDisk(t)
			d.records(t, "p0") // a block without messages would go as a whole
			records := d.records(t, "p1")
			given := sealedFor(t, d.keys, order("no onions"))
			if i == 1 {
				if err := d.stream.SecureDeleteMsg(t.Context(), records[0].Revision()); err != nil {
					t.Fatal(err)
				}
			}
			if err := d.stream.DeleteMsg(t.Context(), records[i].Revision()); err != nil {
				t.Fatal(err)
			}
			if !onDisk(t, d.dir, records[i].Value()) {
				t.Fatal("a plain deletion overwrites too: the mask is for nothing")
			}
			if err := d.keys.Destroy(t.Context(), "p1"); err != nil {
				t.Fatal(err)
			}
			if onDisk(t, d.dir, records[1-i].Value()) {
				t.Fatal("both records are on the disk")
			}
			if err := seal.Open(t.Context(), d.keys, given); err != nil || given.GetDeliveryAddress().GetData() != nil {
				t.Fatalf("after the erasure: %v, %v", given, err)
			}
			if _, err := d.keys.Key(t.Context(), "p1"); !errors.Is(err, seal.ErrErased) {
				t.Fatalf("a key for an erased person: %v", err)
			}
		})
	}
}

// onDisk reports whether any file below the directory holds the bytes.
func onDisk(t *testing.T, dir string, sought []byte) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || bytes.Contains(data, sought)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
