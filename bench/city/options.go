package city

import (
	"log/slog"
	"time"

	"tiffin/bench/city/api"
	"tiffin/bench/city/books"
)

// Options are what a city is made of. URL is required.
type Options struct {
	// URL of the system.
	URL string
	// Through is put between the people and the network, the first the nearest to it.
	Through []api.Through
	// Rate is how many orders a second there are on average, by the clock on the wall.
	Rate float64
	// AtOnce is how many orders may be open: nobody orders beyond. 0: as many as there are couriers.
	AtOnce int
	// Factor by which people, and the system's deadlines, are faster than in life; 1 where none is given.
	Factor float64
	// Seed decides every choice.
	Seed   uint64
	Habits Habits
	// Looks is the part of the customers who look again now and then; the others follow their order live.
	Looks float64
	// Tell is how often a courier who rides tells where; 2 s where nothing is given.
	Tell   time.Duration
	Book   *books.Book
	Logger *slog.Logger
}

func (o Options) filled() Options {
	if o.Factor <= 0 {
		o.Factor = 1
	}
	if o.Tell <= 0 {
		o.Tell = 2 * time.Second
	}
	if o.Book == nil {
		o.Book = books.New(time.Now, time.Hour)
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

// after is how long something takes that takes so long in life.
func (o Options) after(d time.Duration) time.Duration { return time.Duration(float64(d) / o.Factor) }
