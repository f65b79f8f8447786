// Package nemesis does to a cluster what happens to real ones: it kills, pauses, cuts off, slows down, fills disks and puts
// clocks wrong, in rounds of a few faults that overlap, and takes all of it back at the end of each.
// It owns choosing, which a seed decides alone, the bounds within which a cluster must survive, and the record of what was done;
// callers own the cluster, and what may never be seen of it. How long a fault lasts is a plan: a busy machine may take longer.
package nemesis
