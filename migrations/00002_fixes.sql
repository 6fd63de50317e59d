-- +goose Up

-- One row a fix. Absent numbers are -32768 and an absent location is 0, 0 without the flag, so that no row needs a null bitmap
-- (with ten columns it would cost 8 bytes). Columns stand in the order that leaves no padding.
-- There is no foreign key and no unique index: package store says how a fix is kept from being stored twice.
CREATE TABLE drover.fixes (
    time      timestamptz NOT NULL,
    device_id int4 NOT NULL,
    received  int4 NOT NULL, -- after time: ms, or s with flag 16384
    latitude  int4 NOT NULL, -- 1e-7 degrees
    longitude int4 NOT NULL, -- 1e-7 degrees
    altitude  int2 NOT NULL, -- m
    speed     int2 NOT NULL, -- 0.1 km/h
    course    int2 NOT NULL, -- 0.1 degrees
    flags     int2 NOT NULL, -- 1 located, 2 valid, then those of drover.flag_names
    data      bytea NOT NULL -- all else that the device said: see drover.attributes
) PARTITION BY RANGE (time);
ALTER TABLE drover.fixes ALTER COLUMN data SET STORAGE EXTERNAL;

-- Many rows share a key, which the B-tree then stores once: 10 bytes a row in place of 44 for (device_id, time).
CREATE INDEX fixes_device ON drover.fixes
    (device_id, date_bin('10 min', time, timestamptz '2000-01-01 00:00:00+00'));
CREATE INDEX fixes_time ON drover.fixes USING brin (time) WITH (pages_per_range = 32, autosummarize = on);

-- What the numbers in fixes.data stand for. Those under 32 are the typed fields, known to the binary too.
CREATE TABLE drover.attribute_names (
    id    int PRIMARY KEY,
    name  text NOT NULL,
    kind  text NOT NULL CHECK (kind IN
        ('number', 'negative', 'false', 'true', 'text', 'octets', 'bytes', 'cell', 'alarms')),
    scale int2 NOT NULL DEFAULT 0 CHECK (scale BETWEEN 0 AND 18), -- decimals of a number
    CHECK (id > 0)
);
CREATE UNIQUE INDEX attribute_names_key ON drover.attribute_names (name, kind, scale, (id < 32));
INSERT INTO drover.attribute_names (id, name, kind, scale) VALUES
    (1, 'satellites', 'number', 0),
    (2, 'hdop', 'number', 1),
    (3, 'hdop', 'number', 2),
    (4, 'hdop', 'number', 6),
    (5, 'odometer_m', 'number', 0),
    (6, 'odometer_m', 'number', 6),
    (7, 'ignition', 'false', 0),
    (8, 'ignition', 'true', 0),
    (9, 'external_v', 'number', 3),
    (10, 'external_v', 'number', 6),
    (11, 'battery_v', 'number', 3),
    (12, 'battery_v', 'number', 6),
    (13, 'battery_percent', 'number', 0),
    (14, 'battery_percent', 'number', 6),
    (15, 'signal_percent', 'number', 0),
    (16, 'cell', 'cell', 0),
    (17, 'iccid', 'text', 0),
    (18, 'imsi', 'text', 0),
    (19, 'alarms', 'alarms', 0),
    (20, 'altitude_m', 'number', 6),
    (21, 'altitude_m', 'negative', 6),
    (22, 'speed_kmh', 'number', 3),
    (23, 'speed_kmh', 'number', 6),
    (24, 'course_deg', 'number', 6),
    (25, 'external_v', 'negative', 6),
    (26, 'battery_v', 'negative', 6);

-- The latest of each device, written with its fixes. Revision counts the writes, so that two writers notice each other.
CREATE TABLE drover.device_state (
    device_id    int PRIMARY KEY,
    revision     bigint NOT NULL,
    newest       timestamptz NOT NULL, -- of all stored fixes, whatever their flags
    motion       int2 NOT NULL,        -- 0 unknown, 1 moving, 2 idle, 3 stopped
    motion_since timestamptz,
    time         timestamptz,          -- of the last fix that counts, with its columns as in fixes; null when there is none
    received     int4 NOT NULL,
    latitude     int4 NOT NULL,
    longitude    int4 NOT NULL,
    altitude     int2 NOT NULL,
    speed        int2 NOT NULL,
    course       int2 NOT NULL,
    flags        int2 NOT NULL,
    data         bytea NOT NULL,
    latest       bytea NOT NULL        -- each value with the ms that it is older than newest: for the binary only
) WITH (fillfactor = 60);

-- How far each partition of each journal has been stored: changed in the transaction that stores.
CREATE TABLE drover.journal_positions (
    journal   text NOT NULL,
    partition int NOT NULL,
    sequence  bigint NOT NULL,
    changed   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (journal, partition)
) WITH (fillfactor = 50);

CREATE TABLE drover.events (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL,
    device_id       int NOT NULL,
    time            timestamptz NOT NULL,
    kind            text NOT NULL,
    text            text NOT NULL
);
CREATE INDEX events_organization ON drover.events (organization_id, id);
CREATE INDEX events_device ON drover.events (device_id, time);
CREATE INDEX events_time ON drover.events USING brin (time);
