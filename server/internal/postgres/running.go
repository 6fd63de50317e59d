package postgres

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Running gives the URL of the cluster in dir if another Drover runs it now, "" if it does not. It is for commands that
// work beside a server; only Start and Stop change the cluster.
func Running(ctx context.Context, dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("postgres: %w", err)
	}
	socket := socketDir(dir, os.TempDir())
	if err := ping(ctx, socket); err != nil {
		return "", nil //nolint:nilerr // that nobody answers is an answer
	}
	return databaseURL(socket, database), nil
}
