// Package measure owns how the benchmarks take their figures: workers in a closed loop, calls at a pace, and sides that
// take turns so that all of them see the same weather on a machine that others use too.
// Its callers own what is called, and what a figure means. An error of a call ends the measurement: nothing is left out.
// Figures are of this machine at this moment; only their ratios travel.
package measure
