package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/bench/report"
)

var (
	fast = report.Row{Name: "fast", What: "a < b & c", Value: 600, Unit: "/s", Ceiling: 800, Floor: report.AtLeast(0.5)}
	slow = report.Row{Name: "slow", What: "d", Value: 9, Unit: "ms", Ceiling: 1, Floor: report.AtMost(8)}
	slim = report.Row{Name: "slim", What: "e", Value: 66, Unit: "MB", Floor: report.AtMost(250)}
	late = report.Row{Name: "late", What: "f", Value: 600, Unit: "/s", Ceiling: 800, Floor: report.AtLeast(0.5), Misses: "views lag", Note: "why"}
	all  = report.Report{Machine: report.Here(time.Date(2026, 11, 24, 13, 0, 0, 5, time.UTC)), Rows: []report.Row{fast, slow, slim, late}}
)

func TestARowIsHeldAgainstItsFloor(t *testing.T) {
	for _, c := range []struct {
		row   report.Row
		ratio float64
		reach float64
		says  string
	}{
		{fast, 0.75, 1.5, "pass"}, {slow, 9, 8.0 / 9, "below"}, {slim, 0, 250.0 / 66, "pass"}, {late, 0.75, 1.5, "below"},
	} {
		require.InDelta(t, c.ratio, c.row.Ratio(), 1e-9, c.row.Name)
		require.InDelta(t, c.reach, c.row.Reach(), 1e-9, c.row.Name)
		require.Equal(t, c.says, c.row.Verdict(), c.row.Name)
	}
}

func TestTheTableSaysPlainlyWhatIsBelow(t *testing.T) {
	var out strings.Builder
	require.NoError(t, all.Table(&out))
	require.Contains(t, out.String(), "2 of 4 rows are BELOW their floor.")
	lines := strings.Split(out.String(), "\n")
	column := strings.Index(lines[0], "verdict")
	for i, verdict := range []string{"pass", "below", "pass", "below"} {
		require.True(t, strings.HasPrefix(string([]rune(lines[i+1])[len([]rune(lines[0][:column])):]), verdict), lines[i+1])
	}
	require.Contains(t, lines[4], "views lag; why")
	out.Reset()
	require.NoError(t, report.Report{Rows: []report.Row{fast}, Short: true}.Table(&out))
	require.Contains(t, out.String(), "All 1 rows reach their floor. This was the short form")
	out.Reset()
	require.NoError(t, report.Report{Machine: report.Machine{Cores: 2, Load: 3}}.Table(&out))
	require.Contains(t, out.String(), "The machine was busy")
}

func TestJSONHoldsEveryRow(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, all.JSON(&out))
	var read struct {
		Machine report.Machine
		Rows    []struct {
			Name, Verdict string
			Ratio         float64
			Floor         report.Floor
		}
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &read))
	require.Equal(t, all.Machine, read.Machine)
	require.Len(t, read.Rows, 4)
	require.Equal(t, "slow", read.Rows[1].Name)
	require.Equal(t, "below", read.Rows[1].Verdict)
	require.Equal(t, report.Floor{AtMost: true, Limit: 8}, read.Rows[1].Floor)
	require.InDelta(t, 9, read.Rows[1].Ratio, 0)
}

// bars reads the drawn bars, and fails where the plot is not well formed.
func bars(t *testing.T, drawn io.Reader) (kinds []string, from, to []int) {
	t.Helper()
	decoder := xml.NewDecoder(drawn)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return kinds, from, to
		}
		require.NoError(t, err)
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "rect" {
			continue
		}
		have := map[string]string{}
		for _, a := range start.Attr {
			have[a.Name.Local] = a.Value
		}
		if have["class"] == "ground" {
			continue
		}
		x, err := strconv.Atoi(have["x"])
		require.NoError(t, err)
		width, err := strconv.Atoi(have["width"])
		require.NoError(t, err)
		kinds, from, to = append(kinds, have["class"]), append(from, x), append(to, x+width)
	}
}

func TestBarsEndOnTheirSideOfTheFloor(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, all.Plot(&out))
	kinds, from, to := bars(t, &out)
	require.Equal(t, []string{"pass", "below", "pass", "below"}, kinds)
	floor := from[0]
	require.Equal(t, []int{floor, floor}, []int{from[2], from[3]})
	require.Equal(t, floor, to[1])
	require.Less(t, from[1], floor)
	require.Greater(t, to[2], to[0], "a row that reaches further has the longer bar")
}
