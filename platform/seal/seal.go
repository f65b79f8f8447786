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

// Seal returns the message with every Personal field sealed under its person's key. The given message is not changed; where
// it has no personal field, it is returned as it is. A person who was erased is ErrErased.
func Seal[M proto.Message](ctx context.Context, keys Keys, m M) (M, error) {
	if !hasPersonal(m.ProtoReflect().Descriptor()) {
		return m, nil
	}
	out, ok := proto.Clone(m).(M)
	if !ok {
		return m, errors.New("seal: clone has another type")
	}
	err := eachPersonal(out.ProtoReflect(), func(p *typev1.Personal) error { return sealOne(ctx, keys, p) })
	return out, err
}

// Open opens every Personal field in place. Where the person was erased, the field stays without data; that is no error.
func Open(ctx context.Context, keys Keys, m proto.Message) error {
	if !hasPersonal(m.ProtoReflect().Descriptor()) {
		return nil
	}
	return eachPersonal(m.ProtoReflect(), func(p *typev1.Personal) error { return openOne(ctx, keys, p) })
}

func sealOne(ctx context.Context, keys Keys, p *typev1.Personal) error {
	if p.GetData() == nil {
		return nil
	}
	if p.GetPersonId() == "" {
		return errors.New("seal: personal data without a person")
	}
	key, err := keys.Key(ctx, p.GetPersonId())
	if err != nil {
		return fmt.Errorf("seal for %s: %w", p.GetPersonId(), err)
	}
	plain, err := proto.Marshal(p.GetData())
	if err != nil {
		return err
	}
	p.Sealed, p.Data = key.Seal(nil, nil, plain, []byte(p.GetPersonId())), nil //nolint:gosec // the cipher draws the nonce
	return nil
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
