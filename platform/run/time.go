package run

import "fmt"

// TimeFactor is for processes whose deadlines belong to the city.
type TimeFactor struct {
	// Factor makes the city's time run faster: 60 makes an hour a minute, for deadlines and for people.
	Factor float64 `env:"TIFFIN_TIME_FACTOR" envDefault:"1"`
}

const mostFactor = 1e6

// Validate refuses what is no factor.
func (t TimeFactor) Validate() error {
	if !(t.Factor > 0) || t.Factor > mostFactor { // not a number is not greater, either
		return fmt.Errorf("TIFFIN_TIME_FACTOR: %v is not a factor above 0", t.Factor)
	}
	return nil
}
