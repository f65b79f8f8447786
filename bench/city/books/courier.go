package books

import "tiffin/bench/city/api"

// Courier notes what a courier is shown.
func (b *Book) Courier(c api.Courier) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c.Delivery == nil {
		delete(b.couriers, c.ID)
		return
	}
	if c.Offer != nil {
		b.violated("one delivery at a time", c.ID, "is offered %s and holds %s", c.Offer.DeliveryID, c.Delivery.ID)
	}
}

// Took notes that a courier has taken a delivery on.
func (b *Book) Took(courier, delivery string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if other := b.couriers[courier]; other != "" && other != delivery {
		b.violated("one delivery at a time", courier, "took %s on and holds %s", delivery, other)
	}
	b.couriers[courier] = delivery
	b.reach(b.order(delivery), Taken)
}

// PickedUp notes that a courier has the food.
func (b *Book) PickedUp(courier, delivery string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := b.order(delivery)
	if o.by != "" && o.by != courier {
		b.violated("one courier has the food", delivery, "%s and %s picked it up", o.by, courier)
	}
	o.by = courier
	b.reach(o, PickedUp)
}

// HandedOver notes that a courier brought the food, or ended its way otherwise.
func (b *Book) HandedOver(courier, delivery string, delivered bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := b.order(delivery)
	if o.by != "" && o.by != courier {
		b.violated("one courier has the food", delivery, "%s picked it up, %s brought it", o.by, courier)
	}
	if delivered {
		b.reach(o, Delivered)
	}
}

// Left notes that something of an order is still with somebody when all should be over.
func (b *Book) Left(id, with string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.violated("nothing is left behind", id, "it is still with %s", with)
}
