-- +goose Up

-- Where devices went, as lines to be drawn: see drover's package store, "Tracks". A line is a tiny WKB (TWKB) of a
-- multilinestring in web Mercator metres (EPSG:3857), with the speed in km/h as Z (-1: not said) and the seconds of the day
-- (UTC) as M. West to north is its box; speed is the mean while it moved, in km/h (-1: not said).
CREATE TABLE drover.track_hours (
    device_id int NOT NULL REFERENCES drover.devices ON DELETE CASCADE,
    hour      timestamptz NOT NULL,
    west      int NOT NULL,
    south     int NOT NULL,
    east      int NOT NULL,
    north     int NOT NULL,
    speed     int2 NOT NULL,
    line      bytea NOT NULL, -- true to 3 m
    PRIMARY KEY (device_id, hour)
);
ALTER TABLE drover.track_hours ALTER COLUMN line SET STORAGE EXTERNAL;
CREATE INDEX track_hours_hour ON drover.track_hours USING brin (hour);

-- Lines true to a pixel at a zoom (of tiles 512 pixels wide).
CREATE TABLE drover.track_days (
    device_id int NOT NULL REFERENCES drover.devices ON DELETE CASCADE,
    day       timestamptz NOT NULL, -- when it begins
    west      int NOT NULL,
    south     int NOT NULL,
    east      int NOT NULL,
    north     int NOT NULL,
    speed     int2 NOT NULL,
    zoom4     bytea NOT NULL,
    zoom6     bytea NOT NULL,
    zoom8     bytea NOT NULL,
    zoom10    bytea NOT NULL,
    zoom12    bytea NOT NULL,
    PRIMARY KEY (device_id, day)
);
ALTER TABLE drover.track_days
    ALTER COLUMN zoom4 SET STORAGE EXTERNAL, ALTER COLUMN zoom6 SET STORAGE EXTERNAL,
    ALTER COLUMN zoom8 SET STORAGE EXTERNAL, ALTER COLUMN zoom10 SET STORAGE EXTERNAL,
    ALTER COLUMN zoom12 SET STORAGE EXTERNAL;
CREATE INDEX track_days_day ON drover.track_days (day);

-- The hours that have fixes which the lines may lack. Whoever stores fixes renews the mark every few minutes.
CREATE TABLE drover.track_marks (
    day       timestamptz NOT NULL,
    device_id int NOT NULL,
    hour      timestamptz NOT NULL,
    marked    timestamptz NOT NULL,
    PRIMARY KEY (day, device_id, hour)
) WITH (fillfactor = 60);
INSERT INTO drover.track_marks (day, device_id, hour, marked)
    SELECT DISTINCT date_trunc('day', time, 'UTC'), device_id, date_trunc('hour', time, 'UTC'), now() - interval '1 hour'
    FROM drover.fixes;

-- Those of the caller's devices, and for one who is limited to groups those of days on which they were in its vehicles.
CREATE FUNCTION drover.sees_track(device int, during tstzrange) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
    'SELECT EXISTS (SELECT FROM drover.installations i WHERE i.device_id = device AND i.during && $2)';
ALTER TABLE drover.track_hours ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.track_hours TO drover_tenant
    USING (device_id IN (SELECT d.id FROM drover.devices d WHERE d.organization_id = (SELECT drover.caller_organization()))
        AND ((SELECT drover.caller_sees_all()) OR drover.sees_track(device_id, tstzrange(hour, hour + interval '1 hour'))));
ALTER TABLE drover.track_days ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.track_days TO drover_tenant
    USING (device_id IN (SELECT d.id FROM drover.devices d WHERE d.organization_id = (SELECT drover.caller_organization()))
        AND ((SELECT drover.caller_sees_all()) OR drover.sees_track(device_id, tstzrange(day, day + interval '24 hours'))));
GRANT SELECT ON drover.track_hours, drover.track_days TO drover_tenant;
