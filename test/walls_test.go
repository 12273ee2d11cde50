package test

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
)

// walls asks the binary whether this machine allows everything that --sandbox can ask
// for, and why not.
func walls() (allowed bool, why string, err error) {
	out, err := exec.Command(binary(), "env", "--format", "json").Output()
	if err != nil {
		return false, "", fmt.Errorf("ask evilution-go env: %w", err)
	}
	var doc struct{ Sandbox map[string]string }
	if err := json.Unmarshal(out, &doc); err != nil {
		return false, "", fmt.Errorf("read evilution-go env: %w", err)
	}
	allowed = true
	for name, reason := range doc.Sandbox {
		if reason != "" {
			allowed = false
			why = strings.Join([]string{why, name + ": " + reason}, " ")
		}
	}
	return allowed, why, nil
}

// condition knows what scripts can ask of the machine.
func condition(name string) (bool, error) {
	if name != "walls" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	allowed, _, err := walls()
	return allowed, err
}
