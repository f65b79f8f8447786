// Package city is the demo city: invented restaurants around the middle of Berlin, with menus and opening hours.
// It owns what they are called and offer, the ids that follow from the time of the first start, and the public commands that
// put them there; callers keep that time, and own the connection and who else changes these restaurants.
// It does not guarantee that a city can be founded later than 24 hours after that time, nor that a repeat takes back what
// somebody changed since.
package city
