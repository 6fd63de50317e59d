package journal

import (
	"cmp"
	"fmt"
	"time"

	"github.com/rs/zerolog"
)

// Config is how the journal is kept. The zero values of the sizes and times mean the defaults named here.
type Config struct {
	URL        string         // of an external NATS; "" runs one in this process
	Dir        string         // where the one in this process keeps its files
	Partitions int            // that are written to: 1..64, default 4
	Replicas   int            // of each stream in an external cluster: 1, 3 or 5, default 1
	MaxBytes   int64          // of all partitions together, default 8 GiB
	Keep       time.Duration  // how long what was applied is kept, default 1 h
	Linger     time.Duration  // the longest that a record waits for others to share its fsync, default 4 ms
	MaxBatch   int            // bytes of one entry before it is compressed, default 512 KiB; NATS takes 1 MiB
	AckWait    time.Duration  // how long a publish may take, default 10 s
	Log        zerolog.Logger //
}

func (c *Config) fill() error {
	c.Partitions = cmp.Or(c.Partitions, 4)
	c.Replicas = cmp.Or(c.Replicas, 1)
	c.MaxBytes = cmp.Or(c.MaxBytes, 8<<30)
	c.Keep = cmp.Or(c.Keep, time.Hour)
	c.Linger = cmp.Or(c.Linger, 4*time.Millisecond)
	c.MaxBatch = cmp.Or(c.MaxBatch, 256<<10)
	c.AckWait = cmp.Or(c.AckWait, 10*time.Second)
	switch {
	case c.Partitions < 1 || c.Partitions > 64:
		return fmt.Errorf("journal: partitions is %d, allowed are 1 to 64", c.Partitions)
	case c.Replicas != 1 && c.Replicas != 3 && c.Replicas != 5:
		return fmt.Errorf("journal: replicas is %d, allowed are 1, 3 and 5", c.Replicas)
	case c.URL == "" && c.Dir == "":
		return fmt.Errorf("journal: neither a NATS address nor a folder is given")
	case c.MaxBatch > 512<<10 || c.MaxBatch < 4<<10:
		return fmt.Errorf("journal: a batch of %d bytes, allowed are 4 KiB to 512 KiB", c.MaxBatch)
	}
	return nil
}
