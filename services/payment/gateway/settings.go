package gateway

import "tiffin/platform/run"

// ProcessorSettings say where the card processor is, and by what both sides know each other.
type ProcessorSettings struct {
	// URL of the processor's API.
	URL string `env:"TIFFIN_PROCESSOR_URL,required,notEmpty"`
	// Key is what its API wants to see.
	Key string `env:"TIFFIN_PROCESSOR_KEY,required,notEmpty"`
	// WebhookSecret signs its webhooks.
	WebhookSecret string `env:"TIFFIN_PROCESSOR_WEBHOOK_SECRET,required,notEmpty"`
	// PerSecond is how many requests a second it is asked at most.
	PerSecond float64 `env:"TIFFIN_PROCESSOR_PER_SECOND" envDefault:"200"`
}

// Validate reports a URL that is none, without showing it.
func (s ProcessorSettings) Validate() error { return run.URL("TIFFIN_PROCESSOR_URL", s.URL) }
