package books

// Step is something that happens to an order, when somebody concerned notices it.
type Step string

// The steps, in their usual order.
const (
	Answered  Step = "taken"                 // the customer is told that it is placed
	Shown     Step = "seen by the kitchen"   // it stands on the board
	Accepted  Step = "accepted"              // the kitchen has said yes
	Offered   Step = "offered to a courier"  // a courier is shown it
	Taken     Step = "taken on by a courier" // a courier has said yes
	Ready     Step = "ready"                 // the kitchen has cooked it
	PickedUp  Step = "picked up"
	Delivered Step = "delivered"
	Completed Step = "completed"  // the customer is told so: the money is taken
	CalledOff Step = "called off" // the customer is told that it ended otherwise
)

// Steps are all, in their usual order.
var Steps = []Step{Answered, Shown, Accepted, Offered, Taken, Ready, PickedUp, Delivered, Completed, CalledOff}

// Reached notes a step of an order.
func (b *Book) Reached(id string, s Step) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reach(b.order(id), s)
}

// reach counts the first time only: a step is told again after a break.
func (b *Book) reach(o *order, s Step) {
	if o.reached[s] {
		return
	}
	o.reached[s] = true
	if !o.ours {
		return
	}
	if b.steps[s] == nil {
		b.steps[s] = newTimes()
	}
	b.steps[s].add(b.now().Sub(o.placed))
}
