package job

import (
	"context"
	"fmt"
)

// repeat runs a survivor again where chance decides about it: it counts as noticed if
// any run notices it.
func (w *Worker) repeat(ctx context.Context, r MutantRequest, v *Verdict) error {
	for _, p := range r.Repeat {
		for i := range p.Times {
			if err := w.judge(ctx, r, p.Process, v); err != nil {
				return err
			}
			if v.Status != "" {
				v.Reason += fmt.Sprintf(" in run %d: chance decides what it does", i+2)
				return nil
			}
		}
	}
	return nil
}
