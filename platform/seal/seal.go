package seal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	typev1 "tiffin/gen/tiffin/type/v1"
)

const (
	cacheSize = 50_000
	cacheFor  = time.Minute
)

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
		sealed, err := sealed(ctx, keys, p)
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
	if !hasPersonal(m.ProtoReflect().Descriptor()) {
		return nil
	}
	return eachPersonal(m.ProtoReflect(), func(p *typev1.Personal) error { return openOne(ctx, keys, p) })
}

func sealed(ctx context.Context, keys Keys, p *typev1.Personal) ([]byte, error) {
	if p.GetPersonId() == "" {
		return nil, errors.New("seal: personal data without a person")
	}
	key, err := keys.Key(ctx, p.GetPersonId())
	if err != nil {
		return nil, fmt.Errorf("seal for %s: %w", p.GetPersonId(), err)
	}
	plain, err := proto.Marshal(p.GetData())
	if err != nil {
		return nil, err
	}
	return key.Seal(nil, nil, plain, []byte(p.GetPersonId())), nil //nolint:gosec // the cipher draws the nonce
}

func openOne(ctx context.Context, keys Keys, p *typev1.Personal) error {
	if len(p.GetSealed()) == 0 {
		return nil
	}
	key, ok, err := keys.Lookup(ctx, p.GetPersonId())
	if err != nil {
		return errors.Join(ErrUnavailable, err)
	}
	sealed := p.GetSealed()
	p.Sealed, p.Data = nil, nil
	if !ok {
		return nil
	}
	plain, err := key.Open(nil, nil, sealed, []byte(p.GetPersonId()))
	if err != nil {
		return fmt.Errorf("open for %s: %w", p.GetPersonId(), err)
	}
	data := &typev1.PersonalData{}
	if err := proto.Unmarshal(plain, data); err != nil {
		return err
	}
	p.Data = data
	return nil
}
