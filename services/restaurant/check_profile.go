package restaurant

import (
	"fmt"
	"strings"
	"unicode/utf8"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

const (
	maxCuisines    = 10
	maxPreparation = 240     // minutes
	maxRadius      = 100_000 // metres
)

func checkProfile(p *restaurantv1.Profile) error {
	if p == nil {
		return problem.InvalidField("profile", "is needed")
	}
	for _, text := range []struct {
		field, value string
		needed       bool
		most         int
	}{
		{"name", p.GetName(), true, 120},
		{"description", p.GetDescription(), false, 2000},
		{"image", p.GetImage(), false, 80},
		{"address", p.GetAddress(), true, 300},
	} {
		if text.needed && strings.TrimSpace(text.value) == "" {
			return problem.InvalidField("profile."+text.field, "is needed")
		}
		if utf8.RuneCountInString(text.value) > text.most {
			return problem.InvalidField("profile."+text.field, "%d characters at most", text.most)
		}
	}
	if err := checkCuisines(p.GetCuisines()); err != nil {
		return err
	}
	if !isPlace(p.GetLocation()) {
		return problem.InvalidField("profile.location", "a latitude and a longitude on the earth are needed")
	}
	if m := p.GetPreparationMinutes(); m < 1 || m > maxPreparation {
		return problem.InvalidField("profile.preparation_minutes", "1 to %d minutes", maxPreparation)
	}
	return nil
}

func checkCuisines(cuisines []string) error {
	if len(cuisines) == 0 || len(cuisines) > maxCuisines {
		return problem.InvalidField("profile.cuisines", "1 to %d are needed", maxCuisines)
	}
	seen := map[string]bool{}
	for i, c := range cuisines {
		field := fmt.Sprintf("profile.cuisines[%d]", i)
		switch {
		case c == "" || utf8.RuneCountInString(c) > 40 || c != strings.TrimSpace(c):
			return problem.InvalidField(field, "1 to 40 characters, none of them blank at the ends")
		case c != strings.ToLower(c):
			return problem.InvalidField(field, "is to be in lower case, such as indian")
		case seen[c]:
			return problem.InvalidField(field, "%s is named twice", c)
		}
		seen[c] = true
	}
	return nil
}

// isPlace is written so that NaN is no place.
func isPlace(l *typev1.Location) bool {
	return l != nil && l.GetLatitude() >= -90 && l.GetLatitude() <= 90 && l.GetLongitude() >= -180 && l.GetLongitude() <= 180
}

func checkTerms(t *restaurantv1.DeliveryTerms, currency string) error {
	if t == nil {
		return problem.InvalidField("delivery_terms", "is needed")
	}
	if t.GetRadiusMeters() < 1 || t.GetRadiusMeters() > maxRadius {
		return problem.InvalidField("delivery_terms.radius_meters", "1 to %d metres", maxRadius)
	}
	if err := checkPrice("delivery_terms.fee", t.GetFee(), currency); err != nil {
		return err
	}
	return checkPrice("delivery_terms.minimum_order", t.GetMinimumOrder(), currency)
}
