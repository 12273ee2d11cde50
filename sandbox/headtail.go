package sandbox

// headTail keeps the first and the last bytes of a stream, limit in all.
type headTail struct {
	limit int
	total int64
	head  []byte
	tail  []byte // once full, a ring whose oldest byte is at next
	next  int
}

// write takes the next bytes of the stream.
func (h *headTail) write(b []byte) {
	h.total += int64(len(b))
	half := h.limit / 2
	if room := half - len(h.head); room > 0 {
		n := min(room, len(b))
		h.head = append(h.head, b[:n]...)
		b = b[n:]
	}
	size := h.limit - half
	if len(b) > size {
		b = b[len(b)-size:]
	}
	if room := size - len(h.tail); room > 0 {
		n := min(room, len(b))
		h.tail = append(h.tail, b[:n]...)
		b = b[n:]
	}
	for len(b) > 0 {
		n := copy(h.tail[h.next:], b)
		h.next = (h.next + n) % size
		b = b[n:]
	}
}

// ending returns the tail in the order in which it came.
func (h *headTail) ending() []byte {
	return append(h.tail[h.next:len(h.tail):len(h.tail)], h.tail[:h.next]...)
}

// dropped returns how many bytes are in neither part.
func (h *headTail) dropped() int64 { return h.total - int64(len(h.head)+len(h.tail)) }
