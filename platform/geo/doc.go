// Package geo measures on the earth's surface, as the crow flies.
// It owns the formula; callers own what a distance means to them, and check that coordinates are in range.
// It takes the earth for a sphere, so it may be off by half a percent, and knows nothing of streets.
package geo
