package seal

import (
	"context"
	"errors"
	"fmt"

	"google.golang.org/protobuf/proto"

	typev1 "tiffin/gen/tiffin/type/v1"
)

const cacheSize = 50_000

// ErrUnavailable is what Open returns when the keys can't be asked at the moment: the message is sound, try again.
var ErrUnavailable = errors.New("keys are unavailable")

// Seal seals every Personal field in place, each under its person's key, and returns what puts the open data back: a command
// seals for as long as it takes to write the event down, without a copy of it. Until then the message is the caller's alone.
// A person who was erased is ErrErased; after an error the message is as it was.
func Seal(ctx context.Context, keys Keys, m proto.Message) (unseal func(), err error) {
	if !hasPersonal(m.ProtoReflect().Descriptor()) {
		return func() {}, nil
	}
	var opened []kept
	unseal = func() {
		for _, k := range opened {
			k.field.Data, k.field.Sealed = k.data, nil
		}
	}
	err = eachPersonal(m.ProtoReflect(), func(p *typev1.Personal) error {
		if p.GetData() == nil {
			return nil
		}
		sealed, err := sealData(ctx, keys, p.GetPersonId(), p.GetData())
		if err != nil {
			return err
		}
		opened = append(opened, kept{p, p.GetData()})
		p.Sealed, p.Data = sealed, nil
		return nil
	})
	if err != nil {
		unseal()
		return nil, err
	}
	return unseal, nil
}

// kept is what a field held before it was sealed.
type kept struct {
	field *typev1.Personal
	data  *typev1.PersonalData
}

// Open opens every Personal field in place. Where the person was erased, the field stays without data; that is no error.
func Open(ctx context.Context, keys Keys, m proto.Message) error {
	return openEach(ctx, keys, m, func(p *typev1.Personal) { p.Sealed = nil })
}

// OpenBeside is Open for a reader that stores what it reads: the sealed bytes stay beside the data, for Box.
func OpenBeside(ctx context.Context, keys Keys, m proto.Message) error {
	return openEach(ctx, keys, m, func(*typev1.Personal) {})
}

func openEach(ctx context.Context, keys Keys, m proto.Message, opened func(*typev1.Personal)) error {
	if !hasPersonal(m.ProtoReflect().Descriptor()) {
		return nil
	}
	return eachPersonal(m.ProtoReflect(), func(p *typev1.Personal) error {
		data, err := openOne(ctx, keys, p.GetPersonId(), p.GetSealed())
		if errors.Is(err, ErrUnavailable) {
			return err
		}
		if len(p.GetSealed()) > 0 {
			p.Data = data
		}
		opened(p)
		return err
	})
}

func sealData(ctx context.Context, keys Keys, personID string, data *typev1.PersonalData) ([]byte, error) {
	if personID == "" {
		return nil, errors.New("seal: personal data without a person")
	}
	key, err := keys.Key(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("seal for %s: %w", personID, err)
	}
	plain, err := proto.Marshal(data)
	if err != nil {
		return nil, err
	}
	return key.Seal(nil, nil, plain, []byte(personID)), nil //nolint:gosec // the cipher draws the nonce
}

// openOne returns nil for an erased person, and where nothing is sealed.
func openOne(ctx context.Context, keys Keys, personID string, sealed []byte) (*typev1.PersonalData, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	key, ok, err := keys.Lookup(ctx, personID)
	if err != nil {
		return nil, errors.Join(ErrUnavailable, err)
	}
	if !ok {
		return nil, nil
	}
	plain, err := key.Open(nil, nil, sealed, []byte(personID))
	if err != nil {
		return nil, fmt.Errorf("open for %s: %w", personID, err)
	}
	data := &typev1.PersonalData{}
	return data, proto.Unmarshal(plain, data)
}
