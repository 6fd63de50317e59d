-- +goose Up

-- What a device's profile says because the wire does not: null leaves the clock to the family's custom.
ALTER TABLE drover.devices
    ALTER COLUMN clock_offset DROP DEFAULT,
    ALTER COLUMN clock_offset DROP NOT NULL,
    ADD COLUMN options jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(options) = 'object');
UPDATE drover.devices SET clock_offset = NULL WHERE clock_offset = '0';

-- Bytes that no decoder understood, for a newer version to try; the oldest go when there are too many.
CREATE TABLE drover.misreads (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    time     timestamptz NOT NULL,
    network  text NOT NULL CHECK (network IN ('tcp', 'udp')),
    address  inet NOT NULL,
    origin   int NOT NULL, -- the port of the address
    port     int NOT NULL,
    protocol text NOT NULL, -- whose decoder failed, 'any' where nobody's language was recognised
    identity text NOT NULL,
    bytes    bytea NOT NULL,
    error    text NOT NULL,
    replay   boolean NOT NULL DEFAULT false -- somebody wants it tried again, and kept if it is understood
);
ALTER TABLE drover.misreads ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.misreads TO drover_tenant
    USING ((SELECT drover.caller_sees_all()) AND (SELECT drover.caller_is_operator()));
GRANT SELECT, UPDATE, DELETE ON drover.misreads TO drover_tenant;
