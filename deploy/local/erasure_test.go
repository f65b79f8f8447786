package main

import (
	"bytes"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/platform/hub"
	"tiffin/platform/run/runtest"
	"tiffin/platform/seal"
)

// What is planted, and looked for.
const (
	plantedName  = "Zephyrine Quillfeather"
	plantedPhone = "+49 30 5550197731"
	plantedLine  = "Marzipangasse 4711"
	plantedLabel = "Grandmother's attic"
	plantedNote  = "no coriander for the parrot"
)

// person is a persona, signed in; of is what a restaurant's or a courier's persona acts for.
type person struct{ id, token, url, of string }

// people are those of the demo city who have the role, signed in; most bounds how many.
func people(t *testing.T, url, role string, most int) []person {
	t.Helper()
	var list struct {
		Personas []struct {
			PersonaID    string `json:"persona_id"`
			RestaurantID string `json:"restaurant_id"`
			CourierID    string `json:"courier_id"`
			Roles        []string
		}
	}
	call(t, http.MethodGet, url+"/auth/personas", "", nil, &list)
	var out []person
	for _, p := range list.Personas {
		if p.Roles[0] != role || len(out) == most {
			continue
		}
		var signed struct {
			AccessToken string `json:"access_token"`
		}
		call(t, http.MethodPost, url+"/auth/personas/"+p.PersonaID+":token", "", nil, &signed)
		out = append(out, person{p.PersonaID, signed.AccessToken, url + "/api/" + role + "/v1", p.RestaurantID + p.CourierID})
	}
	return out
}

type self struct {
	Status, Name, Phone string
	Addresses           []struct{ Label, Line string }
}

func (p person) self(t *testing.T) (s self) {
	t.Helper()
	require.Equal(t, http.StatusOK, call(t, http.MethodGet, p.url+"/customers/"+p.id, p.token, nil, &s).StatusCode)
	if len(s.Addresses) == 0 {
		s.Addresses = nil
	}
	return s
}

type ordered struct {
	Status          string
	DeliveryAddress struct{ Line string } `json:"delivery_address"`
	Items           []struct{ Note string }
}

func (p person) order(t *testing.T, id string) (o ordered) {
	t.Helper()
	require.Equal(t, http.StatusOK, call(t, http.MethodGet, p.url+"/orders/"+id, p.token, nil, &o).StatusCode)
	return o
}

// found returns the files below the directory that hold any of what is sought, and which.
func found(t *testing.T, dir string, sought ...[]byte) []string {
	t.Helper()
	var where []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, s := range sought {
			if bytes.Contains(data, s) {
				where = append(where, string(s)+" in "+path)
			}
		}
		return err
	}))
	return where
}

// keyOf reads the two records of the person's key, while nobody else has the directory.
func keyOf(t *testing.T, dir, id string) (records [][]byte) {
	t.Helper()
	server, err := hub.Start(hub.Options{Dir: filepath.Join(dir, "hub")})
	require.NoError(t, err)
	defer server.Close()
	nc, err := server.Connect()
	require.NoError(t, err)
	defer nc.Close()
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	keys, err := js.KeyValue(t.Context(), seal.Bucket)
	require.NoError(t, err)
	for _, name := range []string{id, id + ".mask"} {
		entry, err := keys.Get(t.Context(), name)
		require.NoError(t, err)
		require.Len(t, entry.Value(), seal.KeySize)
		records = append(records, entry.Value())
	}
	return records
}

// holds reports whether the whole key lies in the directory: one record of it alone opens nothing, and may be left by who was
// killed while overwriting it.
func holds(t *testing.T, dir string, key [][]byte) bool {
	t.Helper()
	for _, record := range key {
		if len(found(t, dir, record)) == 0 {
			return false
		}
	}
	return true
}

// Somebody with an open order leaves. The process is killed on the way, and its views are built anew at the end.
func TestNothingIsLeftOfWhoIsErased(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	settings := around(t, "TIFFIN_DATA_DIR="+dir)
	planted := [][]byte{[]byte(plantedName), []byte(plantedPhone), []byte(plantedLine), []byte(plantedLabel), []byte(plantedNote), []byte("Amira Haddad")}
	p := runtest.Start(t, "local", settings...)
	url := ready(t, p)
	customers := people(t, url, "customer", 2)
	amira, jonas := customers[0], customers[1]
	require.Eventually(t, func() bool { return amira.self(t).Name == "Amira Haddad" }, patience, 20*time.Millisecond)

	me, home := amira.url+"/customers/"+amira.id, ulid.Make().String()
	require.Equal(t, 200, call(t, http.MethodPut, me, amira.token, map[string]any{"name": plantedName, "phone": plantedPhone}, nil).StatusCode)
	require.Equal(t, 200, call(t, http.MethodPut, me+"/addresses/"+home, amira.token, map[string]any{
		"label": plantedLabel, "line": plantedLine, "latitude": 52.5, "longitude": 13.4,
	}, nil).StatusCode)
	var body map[string]any
	require.Eventually(t, func() (ok bool) { body, ok = basket(t, url, amira.token); return ok }, time.Minute, 50*time.Millisecond)
	body["delivery_address"].(map[string]any)["line"] = plantedLine //nolint:forcetypeassert // basket made it
	body["items"].([]any)[0].(map[string]any)["note"] = plantedNote //nolint:forcetypeassert // basket made it
	id, _ := body["order_id"].(string)
	require.Equal(t, 200, call(t, http.MethodPost, amira.url+"/orders", amira.token, body, nil).StatusCode)
	require.Eventually(t, func() bool {
		return call(t, http.MethodGet, amira.url+"/orders/"+id, amira.token, nil, nil).StatusCode == http.StatusOK && len(amira.self(t).Addresses) == 1
	}, patience, 20*time.Millisecond)
	require.Equal(t, plantedNote, amira.order(t, id).Items[0].Note)
	require.Equal(t, plantedLine, amira.order(t, id).DeliveryAddress.Line)
	require.Equal(t, plantedLine, amira.self(t).Addresses[0].Line)

	// All of it is sealed, wherever it lies.
	require.Zero(t, p.Stop(t), p.Stderr.String())
	require.Empty(t, found(t, dir, planted...))
	require.NotEmpty(t, found(t, dir, []byte(id)), "the order is not where it is looked for")
	key := keyOf(t, dir, amira.id)
	require.True(t, holds(t, dir, key), "the key is not where it is looked for")

	p = runtest.Start(t, "local", settings...)
	ready(t, p)
	require.Equal(t, 403, call(t, http.MethodPost, me+":erase", jonas.token, map[string]any{}, nil).StatusCode)
	for range 2 {
		require.Equal(t, 200, call(t, http.MethodPost, me+":erase", amira.token, map[string]any{}, nil).StatusCode)
	}
	var refusal struct{ Code string }
	again := map[string]any{}
	require.Eventually(t, func() bool {
		for k, v := range body {
			again[k] = v
		}
		again["order_id"] = ulid.Make().String()
		call(t, http.MethodPost, amira.url+"/orders", amira.token, again, &refusal)
		return refusal.Code == "CUSTOMER_LEAVING"
	}, patience, 20*time.Millisecond)
	for _, reached := range []func() bool{
		func() bool { return true },
		func() bool { return amira.order(t, id).Status == "CANCELLED" },
		func() bool { return amira.self(t).Status == "LEAVING" },
	} {
		require.Eventually(t, reached, patience, time.Millisecond)
		p.Kill(t)
		p = runtest.Start(t, "local", settings...)
		ready(t, p)
	}
	require.Eventually(t, func() bool { return amira.self(t).Status == "ERASED" }, time.Minute, 50*time.Millisecond)
	require.Equal(t, self{Status: "ERASED"}, amira.self(t))
	forgotten := amira.order(t, id)
	require.Equal(t, "CANCELLED", forgotten.Status)
	require.Empty(t, forgotten.DeliveryAddress.Line)
	require.Empty(t, forgotten.Items[0].Note)
	require.Equal(t, "Jonas Weber", jonas.self(t).Name)
	for _, left := range people(t, url, "customer", 10) {
		require.NotEqual(t, amira.id, left.id, "somebody could still be who was erased")
	}
	require.Zero(t, p.Stop(t), p.Stderr.String())
	require.Empty(t, found(t, dir, planted...))
	require.False(t, holds(t, dir, key), "the key is still on the disk")

	// Views that are built anew from the log know no more.
	require.NoError(t, os.Remove(filepath.Join(dir, "views.snapshot")))
	p = runtest.Start(t, "local", settings...)
	ready(t, p)
	require.Equal(t, self{Status: "ERASED"}, amira.self(t))
	require.Equal(t, forgotten, amira.order(t, id))
	require.Equal(t, 409, call(t, http.MethodPost, amira.url+"/customers", amira.token, map[string]any{"customer_id": amira.id, "name": "Back"}, nil).StatusCode)
	require.Zero(t, p.Stop(t), p.Stderr.String())
	require.Empty(t, found(t, dir, planted...))
	require.False(t, holds(t, dir, key), "the key is still on the disk")
}
