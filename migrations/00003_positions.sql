-- +goose Up

-- +goose StatementBegin
CREATE FUNCTION drover.alarm_names(alarms numeric) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(jsonb_agg(name ORDER BY bit), '[]') FROM unnest(ARRAY[
        'sos', 'power_cut', 'power_restored', 'low_power', 'low_battery', 'vibration', 'movement', 'tow', 'tampering',
        'removing', 'door', 'overspeed', 'fatigue', 'idle', 'hard_acceleration', 'hard_braking', 'hard_cornering',
        'accident', 'fall', 'geofence', 'geofence_enter', 'geofence_exit', 'gps_antenna_cut', 'gps_lost', 'jamming',
        'temperature', 'fuel_leak', 'engine_fault', 'low_speed', 'lane_change', 'unplugged', 'sim_changed', 'locked',
        'unlocked', 'general']) WITH ORDINALITY AS a (name, bit)
    WHERE mod(div(alarms, power(2::numeric, bit - 1)), 2) = 1
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION drover.flag_names(flags int2) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(name ORDER BY bit), '{}') FROM unnest(ARRAY[
        'late', 'clock', 'no_time', 'jump', 'repeated', 'by_sms']) WITH ORDINALITY AS a (name, bit)
    WHERE flags::int >> (bit::int + 1) & 1 = 1
$$;
-- +goose StatementEnd

-- A number in 7-bit groups, the lowest first, all but the last with the high bit set.
-- +goose StatementBegin
CREATE FUNCTION drover.read_number(data bytea, INOUT at int, OUT n numeric) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    b int := get_byte(data, at);
    low bigint;
BEGIN
    at := at + 1;
    IF b < 128 THEN
        n := b;
        RETURN;
    END IF;
    low := b & 127;
    FOR shift IN 1..8 LOOP
        b := get_byte(data, at);
        at := at + 1;
        low := low | ((b & 127)::bigint << (7 * shift));
        IF b < 128 THEN
            n := low;
            RETURN;
        END IF;
    END LOOP;
    n := low + get_byte(data, at) * 9223372036854775808; -- the tenth byte holds the 64th bit
    at := at + 1;
END $$;
-- +goose StatementEnd

-- What fixes.data says, by name. It is a row of values, each the number of its name, kind and scale in drover.attribute_names
-- and then, as the kind wants, a number, a length and so many bytes, or nothing. Number 0 is followed by the name itself (length, bytes)
-- and a byte: kind + 8 × scale. A name said twice gets _2, _3...
-- +goose StatementBegin
CREATE FUNCTION drover.attributes(data bytea) RETURNS jsonb LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    kinds CONSTANT text[] := ARRAY['number', 'negative', 'false', 'true', 'text', 'octets', 'bytes', 'cell', 'alarms'];
    at int := 0;
    number numeric;
    n numeric;
    lac numeric;
    cid numeric;
    a record;
    tag int;
    named text;
    names text[] := '{}';
    value jsonb;
    result jsonb := '{}';
BEGIN
    WHILE at < length(data) LOOP
        number := get_byte(data, at);
        IF number < 128 THEN -- most are: a call costs more than all else here
            at := at + 1;
        ELSE
            SELECT * FROM drover.read_number(data, at) INTO at, number;
        END IF;
        IF number = 0 THEN
            SELECT * FROM drover.read_number(data, at) INTO at, n;
            named := convert_from(substr(data, at + 1, n::int), 'UTF8');
            at := at + n::int;
            tag := get_byte(data, at);
            at := at + 1;
            SELECT named AS name, kinds[(tag & 7) + 1] AS kind, tag >> 3 AS scale INTO a;
        ELSE
            SELECT d.name, d.kind, d.scale::int AS scale FROM drover.attribute_names d WHERE d.id = number::int INTO a;
        END IF;
        IF a.kind IS NULL THEN
            RAISE EXCEPTION 'byte % of the attributes: % has no name in drover.attribute_names', at, number;
        END IF;
        IF a.kind NOT IN ('false', 'true') THEN
            n := get_byte(data, at);
            IF n < 128 THEN
                at := at + 1;
            ELSE
                SELECT * FROM drover.read_number(data, at) INTO at, n;
            END IF;
        END IF;
        CASE a.kind
        WHEN 'number' THEN value := to_jsonb(CASE a.scale WHEN 0 THEN n ELSE trim_scale(n * ('1e-' || a.scale)::numeric) END);
        WHEN 'negative' THEN value := to_jsonb(trim_scale(-n * ('1e-' || a.scale)::numeric));
        WHEN 'true' THEN value := 'true';
        WHEN 'false' THEN value := 'false';
        WHEN 'alarms' THEN value := drover.alarm_names(n);
        WHEN 'cell' THEN
            tag := n;
            SELECT * FROM drover.read_number(data, at) INTO at, n;
            SELECT * FROM drover.read_number(data, at) INTO at, lac;
            SELECT * FROM drover.read_number(data, at) INTO at, cid;
            value := jsonb_build_object('mcc', tag, 'mnc', n, 'lac', lac, 'cid', cid);
        ELSE
            value := to_jsonb(CASE a.kind
                WHEN 'text' THEN convert_from(substr(data, at + 1, n::int), 'UTF8')
                WHEN 'octets' THEN encode(substr(data, at + 1, n::int), 'escape')
                ELSE encode(substr(data, at + 1, n::int), 'hex') END);
            at := at + n::int;
        END CASE;
        named := a.name;
        names := names || named;
        IF result ? named THEN
            named := named || '_' || cardinality(array_positions(names, named));
        END IF;
        result := result || jsonb_build_object(named, value);
    END LOOP;
    RETURN result;
END $$;
-- +goose StatementEnd

-- The fixes for people and their tools: psql, QGIS, ogr2ogr. Give it a device or vehicle and a time from and to, and it reads
-- only those days. Columns that are not asked for cost nothing; attributes costs about 0.1 ms a row.
CREATE VIEW drover.positions AS
SELECT
    f.time,
    f.device_id,
    d.identity,
    i.vehicle_id,
    v.name AS vehicle,
    v.plate,
    d.organization_id,
    CASE WHEN f.flags & 1 = 1
        THEN ST_SetSRID(ST_MakePoint(f.longitude / 1e7::float8, f.latitude / 1e7::float8), 4326) END::geometry(Point, 4326) AS geom,
    f.flags & 2 = 2 AS valid,
    NULLIF(f.altitude, -32768) AS altitude_m,
    NULLIF(f.speed, -32768) / 10::float8 AS speed_kmh,
    NULLIF(f.course, -32768) / 10::float8 AS course_deg,
    f.time + f.received * CASE WHEN f.flags & 16384 = 0 THEN interval '1 ms' ELSE interval '1 s' END AS received,
    drover.flag_names(f.flags) AS flags,
    drover.attributes(f.data) AS attributes
FROM drover.fixes f
JOIN drover.devices d ON d.id = f.device_id
LEFT JOIN drover.installations i ON i.device_id = f.device_id AND (i.during @> f.time) IS TRUE
LEFT JOIN drover.vehicles v ON v.id = i.vehicle_id;

CREATE VIEW drover.last_positions AS
SELECT
    s.device_id,
    d.identity,
    d.vehicle_id,
    v.name AS vehicle,
    v.plate,
    d.organization_id,
    s.time,
    CASE WHEN s.flags & 1 = 1
        THEN ST_SetSRID(ST_MakePoint(s.longitude / 1e7::float8, s.latitude / 1e7::float8), 4326) END::geometry(Point, 4326) AS geom,
    s.flags & 2 = 2 AS valid,
    NULLIF(s.speed, -32768) / 10::float8 AS speed_kmh,
    NULLIF(s.course, -32768) / 10::float8 AS course_deg,
    (ARRAY['unknown', 'moving', 'idle', 'stopped'])[s.motion + 1] AS motion,
    s.motion_since
FROM drover.device_state s
JOIN drover.devices d ON d.id = s.device_id
LEFT JOIN drover.vehicles v ON v.id = d.vehicle_id
WHERE s.time IS NOT NULL;
