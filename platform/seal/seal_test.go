package seal_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/seal"
)

func order(note string) *orderingv1.OrderPlaced {
	return &orderingv1.OrderPlaced{
		CustomerId: "p1",
		DeliveryAddress: &typev1.Personal{PersonId: "p1", Data: &typev1.PersonalData{
			Text: "Main Street 1", Location: &typev1.Location{Latitude: 1, Longitude: 2},
		}},
		Lines: []*orderingv1.OrderLine{{Note: &typev1.Personal{PersonId: "p1", Data: &typev1.PersonalData{Text: note}}}},
	}
}

// sealedFor returns the message as it is written down.
func sealedFor(t *testing.T, keys seal.Keys, m *orderingv1.OrderPlaced) *orderingv1.OrderPlaced {
	t.Helper()
	if _, err := seal.Seal(t.Context(), keys, m); err != nil {
		t.Fatal(err)
	}
	return m
}

func each(t *testing.T, test func(t *testing.T, keys seal.Keys)) {
	t.Run("in memory", func(t *testing.T) { test(t, seal.Memory()) })
	t.Run("in a bucket", func(t *testing.T) {
		keys, err := seal.NewKeys(t.Context(), hubtest.Connect(t), 1)
		if err != nil {
			t.Fatal(err)
		}
		test(t, keys)
	})
}

func TestWhatIsSealedOpensAgain(t *testing.T) {
	each(t, func(t *testing.T, keys seal.Keys) {
		given := order("no onions")
		unseal, err := seal.Seal(t.Context(), keys, given)
		if err != nil {
			t.Fatal(err)
		}
		sealed := proto.CloneOf(given)
		unseal()
		if diff := cmp.Diff(order("no onions"), given, protocmp.Transform()); diff != "" {
			t.Fatalf("the given message is not what it was: %s", diff)
		}
		if sealed.GetDeliveryAddress().GetData() != nil || sealed.GetLines()[0].GetNote().GetData() != nil {
			t.Fatal("something stayed open")
		}
		if err := seal.Open(t.Context(), keys, sealed); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(given, sealed, protocmp.Transform()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestADestroyedKeyErases(t *testing.T) {
	each(t, func(t *testing.T, keys seal.Keys) {
		sealed := sealedFor(t, keys, order("no onions"))
		for range 2 {
			if err := keys.Destroy(t.Context(), "p1"); err != nil {
				t.Fatal(err)
			}
		}
		if err := seal.Open(t.Context(), keys, sealed); err != nil {
			t.Fatal(err)
		}
		if a := sealed.GetDeliveryAddress(); a.GetData() != nil || a.GetSealed() != nil || a.GetPersonId() != "p1" {
			t.Fatalf("after the erasure: %v", a)
		}
		again := order("again")
		again.DeliveryAddress.PersonId = "p2" // that one is sealed before the other is refused
		if _, err := seal.Seal(t.Context(), keys, again); !errors.Is(err, seal.ErrErased) {
			t.Fatalf("sealing for an erased person: %v", err)
		}
		if again.GetDeliveryAddress().GetData() == nil || again.GetDeliveryAddress().GetSealed() != nil {
			t.Fatal("after the error the message is not what it was")
		}
	})
}

func TestWhoReadsAKeyWhileItIsDestroyedForgetsIt(t *testing.T) {
	nc := hubtest.Connect(t)
	making, err := seal.NewKeys(t.Context(), nc, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		person := fmt.Sprint("p", i)
		if _, err := making.Key(t.Context(), person); err != nil {
			t.Fatal(err)
		}
		// It has not read the key yet, and reads it at the moment of the erasure.
		keys, err := seal.NewKeys(t.Context(), nc, 1)
		if err != nil {
			t.Fatal(err)
		}
		var both errgroup.Group
		for range 8 {
			both.Go(func() error { _, _, err := keys.Lookup(t.Context(), person); return err })
		}
		both.Go(func() error { return keys.Destroy(t.Context(), person) })
		if err := both.Wait(); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := keys.Lookup(t.Context(), person); ok || err != nil {
			t.Fatalf("after the erasure the key of %s is still known (%v)", person, err)
		}
	}
}

func TestOthersHearOfAnErasure(t *testing.T) {
	nc := hubtest.Connect(t)
	keys, err := seal.NewKeys(t.Context(), nc, 1)
	if err != nil {
		t.Fatal(err)
	}
	others, err := seal.NewKeys(t.Context(), nc, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := others.Key(t.Context(), "p1"); err != nil {
		t.Fatal(err)
	}
	told := make(chan struct{}, 1)
	others.OnErasure(func() { told <- struct{}{} })
	if err := keys.Destroy(t.Context(), "p1"); err != nil {
		t.Fatal(err)
	}
	<-told
	if _, ok, err := others.Lookup(t.Context(), "p1"); ok || err != nil {
		t.Fatalf("it still knows the key (%v)", err)
	}
}

func TestABoxStaysClosedOnceItsPersonWasErased(t *testing.T) {
	each(t, func(t *testing.T, keys seal.Keys) {
		event := order("no onions")
		if _, err := seal.Seal(t.Context(), keys, event); err != nil {
			t.Fatal(err)
		}
		if err := seal.OpenBeside(t.Context(), keys, event); err != nil {
			t.Fatal(err)
		}
		box := seal.BoxOf(event.GetDeliveryAddress())
		if box.Text() != "Main Street 1" || len(box.Sealed) == 0 {
			t.Fatalf("the box holds %v", box)
		}
		read := seal.Box{PersonID: box.PersonID, Sealed: box.Sealed}
		if err := seal.OpenBoxes(t.Context(), keys, &read); err != nil || read.Text() != box.Text() || read.Location().GetLatitude() != 1 {
			t.Fatalf("opened: %v (%v)", read, err)
		}
		if err := keys.Destroy(t.Context(), "p1"); err != nil {
			t.Fatal(err)
		}
		if err := seal.OpenBoxes(t.Context(), keys, &read); err != nil || read.Data != nil {
			t.Fatalf("after the erasure: %v (%v)", read, err)
		}
	})
}

func TestSealedDataOfAnotherPersonDoesNotOpen(t *testing.T) {
	keys := seal.Memory()
	sealed := sealedFor(t, keys, order("x"))
	if _, err := keys.Key(t.Context(), "p2"); err != nil {
		t.Fatal(err)
	}
	moved := proto.CloneOf(sealed)
	moved.DeliveryAddress.PersonId = "p2"
	if err := seal.Open(t.Context(), keys, moved); err == nil {
		t.Fatal("it opened under another person's key")
	}
}

func TestABucketThatRemembersIsRefused(t *testing.T) {
	nc := hubtest.Connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: seal.Bucket, History: 2}); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.NewKeys(t.Context(), nc, 1); err == nil || !strings.Contains(err.Error(), "history of 2") {
		t.Fatalf("opened: %v", err)
	}
}

func TestWhoOnlyLooksMakesNoBucket(t *testing.T) {
	nc := hubtest.Connect(t)
	if _, err := seal.ExistingKeys(t.Context(), nc); !errors.Is(err, jetstream.ErrStreamNotFound) {
		t.Fatalf("got %v", err)
	}
	made, err := seal.NewKeys(t.Context(), nc, 1)
	if err != nil {
		t.Fatal(err)
	}
	m := sealedFor(t, made, order("no onions"))
	found, err := seal.ExistingKeys(t.Context(), nc)
	if err != nil {
		t.Fatal(err)
	}
	if err := seal.Open(t.Context(), found, m); err != nil || m.GetDeliveryAddress().GetData().GetText() != "Main Street 1" {
		t.Fatalf("got %v, %v", m, err)
	}
}
