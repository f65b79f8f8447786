// Command city lets the simulated people of bench/city loose on a Tiffin: on one that runs, or on one that it starts and, if
// asked, kills again and again. It owns the run and what is written of it: a table, city.json and city.svg. It fails where an
// invariant was broken or something had no end; how long things took is shown, not asserted.
package main
