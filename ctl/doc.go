// Package ctl puts tiffinctl together: one command for each thing that somebody who operates a cell looks at or does.
// It owns the root command and its flags; the packages below own what each command does, and say so in its help.
// What only looks changes nothing, not even by opening it.
package ctl
