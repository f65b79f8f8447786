package seal

import (
	"context"

	typev1 "tiffin/gen/tiffin/type/v1"
)

// Box is personal data in a document: stored sealed, as it stands in the log, and open in memory only. So whoever keeps it
// has nothing to forget, and no copy of a database holds more than the log does.
type Box struct {
	PersonID string `bson:"person_id"`
	Sealed   []byte `bson:"sealed"`
	// Data is nil until the box is opened, and stays so once the person was erased.
	Data *typev1.PersonalData `bson:"-"`
}

// BoxOf returns a box of what an event says, which was read by OpenBeside.
func BoxOf(p *typev1.Personal) Box {
	return Box{PersonID: p.GetPersonId(), Sealed: p.GetSealed(), Data: p.GetData()}
}

// Text is what the box says; empty where it isn't open.
func (b Box) Text() string { return b.Data.GetText() }

// Location is the place in the box; nil where it isn't open.
func (b Box) Location() *typev1.Location { return b.Data.GetLocation() }

// OpenBoxes opens the boxes. Those of erased persons stay without data; that is no error.
func OpenBoxes(ctx context.Context, keys Keys, boxes ...*Box) error {
	for _, b := range boxes {
		data, err := openOne(ctx, keys, b.PersonID, b.Sealed)
		if err != nil {
			return err
		}
		b.Data = data
	}
	return nil
}

// CloseBoxes seals boxes that were never sealed, as those of events that come from no log.
func CloseBoxes(ctx context.Context, keys Keys, boxes ...*Box) error {
	for _, b := range boxes {
		if len(b.Sealed) > 0 || b.Data == nil {
			continue
		}
		sealed, err := sealData(ctx, keys, b.PersonID, b.Data)
		if err != nil {
			return err
		}
		b.Sealed = sealed
	}
	return nil
}
