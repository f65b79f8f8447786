package sandbox

// account is what became of the money of one payment.
type account struct {
	token                          string
	currency                       string
	authorized, captured, refunded int64
	voided                         bool
}

// decide says what becomes of a request, given the payment that it is about; none for an authorization.
func decide(r request, a *account) (ok bool, why refusal) {
	token := r.token
	if r.kind != authorization {
		if a == nil {
			return false, refusal{"PAYMENT_NOT_FOUND", "There is no such payment"}
		}
		token = a.token
	}
	c, known := cardOf(token)
	if !known {
		return false, refusal{"UNKNOWN_CARD", "There is no card of this token"}
	}
	if why, refuses := c.refused[r.kind]; refuses {
		return false, why
	}
	if r.kind == authorization {
		return true, refusal{}
	}
	return a.allows(r)
}

func (a *account) allows(r request) (bool, refusal) {
	switch {
	case a.voided:
		return false, refusal{"ALREADY_VOIDED", "The reservation was released"}
	case r.kind != refund && a.captured > 0:
		return false, refusal{"ALREADY_CAPTURED", "The money was taken"}
	case r.kind == void:
		return true, refusal{}
	case r.amount.CurrencyCode != a.currency:
		return false, refusal{"WRONG_CURRENCY", "The payment is in another currency"}
	case r.kind == capture && r.amount.MinorUnits > a.authorized,
		r.kind == refund && r.amount.MinorUnits > a.captured-a.refunded:
		return false, refusal{"AMOUNT_TOO_LARGE", "That is more than there is"}
	}
	return true, refusal{}
}

// apply moves the money of an operation that succeeded.
func (a *account) apply(e entry) {
	switch e.Kind {
	case authorization:
		a.token, a.currency, a.authorized = e.Token, e.Amount.CurrencyCode, e.Amount.MinorUnits
	case capture:
		a.captured = e.Amount.MinorUnits
	case void:
		a.voided = true
	case refund:
		a.refunded += e.Amount.MinorUnits
	}
}
