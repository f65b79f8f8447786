// Package city plays the people of a running Tiffin: those who order, kitchens that cook, couriers that ride along the
// streets, each with moods and mishaps, through the public REST interface alone. It owns who does what and when, by a seed, a
// rate and the factor by which time runs faster, and notes in a book (bench/city/books) what they saw and what must not be.
// It leaves every restaurant, courier and customer alone whose place a person has taken, and waits where the system is away.
package city
