package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// processors is what the server and its PostgreSQL have used of the machine so far: on a machine that others use, too,
// it tells more than the clock.
func (r *rig) processors() (time.Duration, error) {
	text, err := os.ReadFile(filepath.Join(r.dir, "postgres", "cluster", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	postmaster, err := strconv.Atoi(first)
	if err != nil {
		return 0, fmt.Errorf("postmaster.pid: %w", err)
	}
	sum, err := processorTime(r.server.Process.Pid)
	if err != nil {
		return 0, err
	}
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		stat, err := os.ReadFile(file)
		if errors.Is(err, os.ErrNotExist) {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(stat), ") ") // behind the name
		if fields := strings.Fields(rest); len(fields) < 2 || fields[1] != strconv.Itoa(postmaster) {
			continue
		}
		child, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil {
			continue
		}
		if used, err := processorTime(child); err == nil {
			sum += used
		}
	}
	return sum, err
}
