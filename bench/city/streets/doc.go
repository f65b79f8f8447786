// Package streets is the ways of the city as a courier rides them: along two directions of streets, from corner to corner.
// It owns the ways and where one is on them after so many metres, the same that the pages draw (frontends/kit/src/map);
// callers own speed and time. It is no map: a way leads through whatever stands there.
package streets
