package run_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/platform/run"
)

type settings struct {
	run.HTTP
	run.GRPC
	City   string     `env:"TIFFIN_CITY"`
	Sim    run.Switch `env:"TIFFIN_SIM" envDefault:"on"`
	Factor float64    `env:"TIFFIN_TIME_FACTOR" envDefault:"1"`
}

// Validate hides those of what is embedded, as any outer one does.
func (s settings) Validate() error {
	if s.City == "Atlantis" {
		return errors.New("TIFFIN_CITY: not any more")
	}
	return nil
}

func TestSettingsHaveDefaults(t *testing.T) {
	s, err := run.Parse[settings]([]string{"HOME=/", "TIFFIN_TEST_MONGODB_URI=mongodb://x"})
	require.NoError(t, err)
	require.Equal(t, settings{
		HTTP: run.HTTP{HTTPAddr: "localhost:8080"}, GRPC: run.GRPC{GRPCAddr: "localhost:9090"}, Sim: true, Factor: 1,
	}, s)
}

func TestSettingsAreRead(t *testing.T) {
	s, err := run.Parse[settings]([]string{
		"TIFFIN_CITY=Pune", "TIFFIN_SIM=off", "TIFFIN_HTTP_ADDR=127.0.0.1:0", "TIFFIN_TIME_FACTOR=60",
	})
	require.NoError(t, err)
	require.Equal(t, "Pune", s.City)
	require.False(t, bool(s.Sim))
	require.Equal(t, "127.0.0.1:0", s.HTTPAddr)
	require.InDelta(t, 60, s.Factor, 0)
}

func TestBadSettingsAreOneClearLineThatNamesThem(t *testing.T) {
	for given, want := range map[string]string{
		"TIFFIN_HTP_ADDR=localhost:1": "unknown setting TIFFIN_HTP_ADDR",
		"TIFFIN_HTTP_ADDR=8080":       `TIFFIN_HTTP_ADDR: "8080" is not host:port`,
		"TIFFIN_GRPC_ADDR=localhost":  `TIFFIN_GRPC_ADDR: "localhost" is not host:port`,
		"TIFFIN_SIM=maybe":            `TIFFIN_SIM: "maybe" is neither on nor off`,
		"TIFFIN_TIME_FACTOR=fast":     "TIFFIN_TIME_FACTOR",
		"TIFFIN_CITY=Atlantis":        "TIFFIN_CITY: not any more",
	} {
		_, err := run.Parse[settings]([]string{given})
		require.ErrorContains(t, err, want, given)
		require.NotContains(t, err.Error(), "\n", given)
	}
}

func TestATypoIsRefusedInSettingsThatAreNamedOtherwise(t *testing.T) {
	type program struct {
		Addr  string `env:"PROGRAM_ADDR"`
		Plain string `env:"PLAIN"`
	}
	given := []string{"HOME=/", "PROGRAMS_ADR=1", "PROGRAM=1", "PROGRAM_ADDR=localhost:1", "PLAIN=x", "TIFFIN_TEST_X=1"}
	s, err := run.Parse[program](given)
	require.NoError(t, err)
	require.Equal(t, program{"localhost:1", "x"}, s)
	for _, typo := range []string{"PROGRAM_ADR=localhost:1", "TIFFIN_ADDR=localhost:1"} {
		name, _, _ := strings.Cut(typo, "=")
		_, err := run.Parse[program](append(given, typo))
		require.ErrorContains(t, err, "unknown setting "+name+" (known: PLAIN, PROGRAM_ADDR)")
	}
}

func TestWhatIsRequiredMustBeThere(t *testing.T) {
	type elsewhere struct {
		Hub string `env:"TIFFIN_HUB,required,notEmpty"`
	}
	for _, given := range [][]string{nil, {"TIFFIN_HUB="}} {
		_, err := run.Parse[elsewhere](given)
		require.EqualError(t, err, "settings: TIFFIN_HUB is required")
	}
}

func TestAURLIsOneAndKeepsItsPassword(t *testing.T) {
	for _, url := range []string{"nats://a:4222,nats://b:4222", "mongodb://a:1,b:2/?replicaSet=rs"} {
		require.NoError(t, run.URL("TIFFIN_X", url))
	}
	for _, url := range []string{"", "localhost", "u:secret@host:1"} {
		require.EqualError(t, run.URL("TIFFIN_X", url), "TIFFIN_X is not a URL")
	}
}
