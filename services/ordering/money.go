package ordering

import (
	"fmt"
	"math"

	"golang.org/x/text/currency"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

// errTooMuch is the answer to sums that an int64 can't hold.
var errTooMuch = problem.InvalidField("items", "this order costs more than can be counted")

// add returns a + b, or errTooMuch.
func add(a, b int64) (int64, error) {
	if b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b {
		return 0, errTooMuch
	}
	return a + b, nil
}

// times returns amount × n for n ≥ 1 and amount ≥ 0, or errTooMuch.
func times(amount int64, n int32) (int64, error) {
	if amount > math.MaxInt64/int64(n) {
		return 0, errTooMuch
	}
	return amount * int64(n), nil
}

func money(code string, minor int64) *typev1.Money {
	return &typev1.Money{CurrencyCode: code, MinorUnits: minor}
}

// amount is for a person to read: 12.50 EUR, 1250 JPY.
func amount(code string, minor int64) string {
	scale := 2
	if unit, err := currency.ParseISO(code); err == nil {
		scale, _ = currency.Standard.Rounding(unit)
	}
	whole := int64(math.Pow10(scale))
	if scale == 0 {
		return fmt.Sprintf("%d %s", minor, code)
	}
	return fmt.Sprintf("%d.%0*d %s", minor/whole, scale, minor%whole, code)
}
