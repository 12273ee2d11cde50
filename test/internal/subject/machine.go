package subject

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// Machine describes where numbers were taken, in one line: processor, cores,
// system, Go version, and how busy it was at that moment.
func Machine() string {
	return fmt.Sprintf("%s, %d cores, %s/%s, %s, load %s", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, goVersion(), busy())
}

func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				return strings.TrimSpace(value)
			}
		}
	}
	if out, err := exec.Command("sysctl", "-n", "machdep.cpu.brand_string").Output(); err == nil {
		return strings.TrimSpace(string(out))
	}
	return "unknown processor"
}

func goVersion() string {
	out, err := exec.Command("go", "env", "GOVERSION").Output()
	if err != nil {
		return "unknown Go"
	}
	return strings.TrimSpace(string(out))
}

// busy is the mean number of processes that wanted to run in the last minute.
func busy() string {
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load, _, _ := strings.Cut(string(text), " ")
		return load
	}
	if out, err := exec.Command("sysctl", "-n", "vm.loadavg").Output(); err == nil {
		if fields := strings.Fields(string(out)); len(fields) > 1 {
			return fields[1]
		}
	}
	return "unknown"
}

// Median is the middle of values, or the mean of the two in the middle; 0 of
// none.
func Median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
