package postgrestest

import (
	"fmt"
	"os"
	"runtime"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestEachTestHasItsOwnDatabase(t *testing.T) {
	urls := make(chan string, 4)
	t.Run("group", func(t *testing.T) {
		for i := range cap(urls) {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				url := New(t)
				conn, err := pgx.Connect(t.Context(), url)
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close(t.Context())
				if _, err := conn.Exec(t.Context(), "CREATE TABLE place (at geography(Point))"); err != nil {
					t.Error(err)
				}
				urls <- url
			})
		}
	})
	close(urls)
	for url := range urls {
		if conn, err := pgx.Connect(t.Context(), url); err == nil {
			conn.Close(t.Context())
			t.Errorf("%s is still there after its test", url)
		}
	}
}

// The server lives as long as the process, whatever the garbage collector finds.
func TestServerSurvivesCollection(t *testing.T) {
	url := New(t)
	runtime.GC()
	runtime.GC()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close(t.Context())
}

func TestGivenServer(t *testing.T) {
	own, err := server()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv(Variable) == "" {
		t.Setenv(Variable, own.url)
	}
	conn, err := pgx.Connect(t.Context(), New(t))
	if err != nil {
		t.Fatal(err)
	}
	conn.Close(t.Context())
}
