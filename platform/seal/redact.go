package seal

import (
	"strconv"

	"google.golang.org/protobuf/proto"

	typev1 "tiffin/gen/tiffin/type/v1"
)

// Words returns what an open message says of persons, as it may turn up in a text that quotes it.
func Words(m proto.Message) []string {
	if m == nil || !hasPersonal(m.ProtoReflect().Descriptor()) {
		return nil
	}
	var words []string
	_ = eachPersonal(m.ProtoReflect(), func(p *typev1.Personal) error { // it fails only where this does
		if text := p.GetData().GetText(); text != "" {
			words = append(words, text)
		}
		if at := p.GetData().GetLocation(); at != nil {
			words = append(words, number(at.GetLatitude()), number(at.GetLongitude()))
		}
		return nil
	})
	return words
}

func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// Redact leaves of every Personal field nothing but whom it is about and the word, sealed bytes included.
func Redact(m proto.Message, word string) {
	if !hasPersonal(m.ProtoReflect().Descriptor()) {
		return
	}
	_ = eachPersonal(m.ProtoReflect(), func(p *typev1.Personal) error { // it fails only where this does
		p.Sealed, p.Data = nil, &typev1.PersonalData{Text: word}
		return nil
	})
}
