package protocols

import "errors"

// ErrSplit says that a codec's Split broke the rules of a bufio.SplitFunc: it claimed bytes that are not there, or gave
// a frame without advancing.
var ErrSplit = errors.New("the codec's Split made no sense of its own bytes")

// Frames cuts data with the codec's Split and calls each for every frame in order, until more bytes are needed or each
// fails. It gives how many bytes were used. Frames are borrowed from data.
func Frames(c Codec, data []byte, atEOF bool, each func(frame []byte) error) (used int, err error) {
	for used < len(data) {
		advance, frame, err := c.Split(data[used:], atEOF)
		if err != nil {
			return used, err
		}
		if advance < 0 || advance > len(data)-used || advance == 0 && frame != nil {
			return used, ErrSplit
		}
		if advance == 0 {
			return used, nil
		}
		used += advance
		if frame == nil {
			continue
		}
		if err := each(frame); err != nil {
			return used, err
		}
	}
	return used, nil
}
