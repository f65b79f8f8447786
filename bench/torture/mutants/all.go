package mutants

import "slices"

// All are the bugs that are planted.
func All() []Mutant { return slices.Concat(ofTheLog(), ofViews(), ofProcesses(), ofMoney()) }

// None is the system as it is: nothing may be found in it, whatever is done to it.
func None() Mutant { return Mutant{Name: "none", What: "the system as it is", Kills: 4, Forgets: true} }
