package sandbox

// TestCard is a card to choose where no real one is taken.
type TestCard struct {
	Number string `json:"number"`
	// Says is what the card does, to a person who chooses.
	Says string `json:"says"`
}

// TestCards are the cards whose doings a customer can see; the others try those who ask for money.
func TestCards() []TestCard {
	return []TestCard{
		{"4242 4242 4242 4242", "Approves"},
		{"4000 0000 0000 0002", "Is declined"},
		{"4000 0000 0000 9995", "Has too little money"},
		{"4000 0000 0000 0069", "Has expired"},
		{"4000 0000 0000 0127", "Approves, but can’t be charged in the end"},
		{"4000 0000 0000 0077", "Takes its time"},
		{"4000 0000 0000 0119", "Is hard to reach at first"},
	}
}
