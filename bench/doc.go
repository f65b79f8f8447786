// Command bench measures Tiffin against ceilings that the same machine gives in the same run, and shows what it found as a
// table, as JSON and as a plot. It owns the rows and their floors; bench/measure owns how figures are taken, bench/report how
// they are shown, bench/system the built system that the REST rows run against.
// It asserts no floor: a row below its own is said so. A call that fails, or is refused, fails the benchmark.
package main
