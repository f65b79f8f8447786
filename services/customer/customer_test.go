package customer_test

import (
	"testing"

	"github.com/oklog/ulid/v2"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/scenario"
	"tiffin/services/customer"
)

type (
	event     = customerv1.CustomerEvent
	events    = []*event
	scenarios = []scenario.Scenario[customer.Customer, *event]
)

const ada, home, erasure = "01J0000000000000000000ADA0", "01J000000000000000000H0ME0", "01J00000000000000000000BYE"

func text(s string) *typev1.Personal {
	return &typev1.Personal{PersonId: ada, Data: &typev1.PersonalData{Text: s}}
}

func put(id string) *event {
	return &event{Event: &customerv1.CustomerEvent_AddressPut{AddressPut: &customerv1.AddressPut{AddressId: id, Label: text("Home"), Address: text("Torstr. 1")}}}
}

var (
	registered = &event{Event: &customerv1.CustomerEvent_CustomerRegistered{CustomerRegistered: &customerv1.CustomerRegistered{Name: text("Ada"), Phone: text("1")}}}
	changed    = &event{Event: &customerv1.CustomerEvent_ProfileChanged{ProfileChanged: &customerv1.ProfileChanged{Name: text("Ada L."), Phone: text("2")}}}
	removed    = &event{Event: &customerv1.CustomerEvent_AddressRemoved{AddressRemoved: &customerv1.AddressRemoved{AddressId: home}}}
	leaving    = &event{Event: &customerv1.CustomerEvent_ErasureRequested{ErasureRequested: &customerv1.ErasureRequested{ErasureId: erasure}}}
	erased     = &event{Event: &customerv1.CustomerEvent_CustomerErased{CustomerErased: &customerv1.CustomerErased{}}}
)

func TestEveryEventEvolves(t *testing.T) { scenario.RequireEveryEvent(t, customer.Evolve) }

func TestCommands(t *testing.T) {
	register := func(c customer.Customer) (*event, error) {
		return c.Register(&customerv1.RegisterCustomerRequest{CustomerId: ada, Name: "Ada", Phone: "1"})
	}
	change := func(c customer.Customer) (*event, error) {
		return c.ChangeProfile(&customerv1.ChangeProfileRequest{CustomerId: ada, Name: "Ada L.", Phone: "2"})
	}
	putHome := func(c customer.Customer) (*event, error) {
		return c.PutAddress(&customerv1.PutAddressRequest{CustomerId: ada, AddressId: home, Label: "Home", Line: "Torstr. 1"})
	}
	remove := func(c customer.Customer) (*event, error) {
		return c.RemoveAddress(&customerv1.RemoveAddressRequest{CustomerId: ada, AddressId: home})
	}
	erase := func(c customer.Customer) (*event, error) { return c.Erase(&customerv1.EraseCustomerRequest{}, erasure) }
	destroy := func(c customer.Customer) (*event, error) { return nil, c.DestroyKey(&customerv1.DestroyKeyRequest{}) }
	confirm := func(c customer.Customer) (*event, error) {
		return c.ConfirmErasure(&customerv1.ConfirmErasureRequest{})
	}
	full := events{registered}
	for range 20 {
		full = append(full, put(ulid.Make().String()))
	}
	scenario.Run(t, customer.Evolve, scenarios{
		{Name: "register", When: register, Then: registered, Once: true},
		{Name: "register again", Given: events{registered, leaving, erased}, When: register, Refused: "CUSTOMER_EXISTS"},
		{Name: "change", Given: events{registered}, When: change, Then: changed},
		{Name: "change nothing", Given: events{registered, changed}, When: change},
		{Name: "change when leaving", Given: events{registered, leaving}, When: change, Refused: "CUSTOMER_LEAVING"},
		{Name: "change nobody", When: change, Refused: "CUSTOMER_NOT_FOUND"},
		{Name: "put", Given: events{registered}, When: putHome, Then: put(home)},
		{Name: "put the same", Given: events{registered, put(home)}, When: putHome},
		{Name: "put one too many", Given: full, When: putHome, Refused: "TOO_MANY_ADDRESSES"},
		{Name: "put when erased", Given: events{registered, leaving, erased}, When: putHome, Refused: "CUSTOMER_LEAVING"},
		{Name: "remove", Given: events{registered, put(home)}, When: remove, Then: removed, Once: true},
		{Name: "remove nothing", Given: events{registered}, When: remove, Refused: "ADDRESS_NOT_FOUND"},
		{Name: "erase", Given: events{registered}, When: erase, Then: leaving},
		{Name: "erase again", Given: events{registered, leaving, erased}, When: erase},
		{Name: "erase nobody", When: erase, Refused: "CUSTOMER_NOT_FOUND"},
		{Name: "destroy the key", Given: events{registered, leaving}, When: destroy},
		{Name: "destroy it again", Given: events{registered, leaving, erased}, When: destroy},
		{Name: "destroy it for somebody who stays", Given: events{registered}, When: destroy, Refused: "CUSTOMER_STAYS"},
		{Name: "destroy it for nobody", When: destroy, Refused: "CUSTOMER_NOT_FOUND"},
		{Name: "confirm", Given: events{registered, leaving}, When: confirm, Then: erased},
		{Name: "confirm what nobody asked for", Given: events{registered}, When: confirm, Refused: "CUSTOMER_STAYS"},
	})
}
