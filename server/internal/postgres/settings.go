package postgres

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const (
	mebibyte = 1 << 20

	logFiles = 10 // kept of PostgreSQL's log, of at most 10 MB each
)

// settings is the text of drover.conf: a fix store on a small machine. Fixes come by COPY in many small transactions,
// so the write-ahead log may grow before a checkpoint writes the same pages again (each checkpoint makes the next
// change of every page a full image), and is compressed. memory is the machine's, in bytes.
func settings(socketDir string, memory int64, lz4 bool) string {
	shared := min(max(memory/8, 128*mebibyte), 1024*mebibyte)
	compression := "pglz"
	if lz4 {
		compression = "lz4"
	}
	var b strings.Builder
	b.WriteString("# Written by Drover at each start. Your own settings: ALTER SYSTEM SET name = value.\n")
	for _, line := range [][2]string{
		{"listen_addresses", "''"},
		{"port", strconv.Itoa(port)},
		{"unix_socket_directories", "'" + socketDir + "'"},
		{"unix_socket_permissions", "0700"},
		{"max_connections", "100"},
		{"shared_buffers", fmt.Sprintf("%dMB", shared/mebibyte)},
		{"effective_cache_size", fmt.Sprintf("%dMB", max(memory/2, shared)/mebibyte)},
		{"work_mem", "16MB"},
		{"maintenance_work_mem", "128MB"},
		{"fsync", "on"},
		{"synchronous_commit", "on"},
		{"full_page_writes", "on"},
		{"wal_compression", compression},
		{"min_wal_size", "256MB"},
		{"max_wal_size", "2GB"},
		{"checkpoint_timeout", "15min"},
		{"checkpoint_completion_target", "0.9"},
		{"random_page_cost", "1.1"},
		{"jit", "off"},
		{"timezone", "'UTC'"},
		{"log_timezone", "'UTC'"},
		{"logging_collector", "on"},
		{"log_directory", "'../log'"},
		{"log_filename", "'postgres-%Y%m%d-%H%M%S.log'"},
		{"log_rotation_age", "0"},
		{"log_rotation_size", "10MB"},
		{"log_line_prefix", "'%m [%p] '"},
		{"log_checkpoints", "off"},
	} {
		fmt.Fprintf(&b, "%s = %s\n", line[0], line[1])
	}
	return b.String()
}

// machineMemory is the memory this process may use, in bytes: the machine's, or less if its control group says so;
// 2 GiB where neither can be read.
func machineMemory() int64 {
	memory := int64(2048 * mebibyte)
	if file, err := os.Open("/proc/meminfo"); err == nil {
		defer file.Close()
		for lines := bufio.NewScanner(file); lines.Scan(); {
			var kilobytes int64
			if n, _ := fmt.Sscanf(lines.Text(), "MemTotal: %d kB", &kilobytes); n == 1 {
				memory = kilobytes << 10
			}
		}
	}
	if text, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		if limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil {
			memory = min(memory, limit)
		}
	}
	return memory
}
