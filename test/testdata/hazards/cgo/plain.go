package cgo

func Plain(n int) int { return Native(n) * 2 }
