-- +goose Up

CREATE TABLE drover.organizations (
    id      int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text NOT NULL UNIQUE CHECK (name <> ''),
    created timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE drover.users (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations ON DELETE CASCADE,
    email           text NOT NULL CHECK (email <> ''),
    name            text NOT NULL DEFAULT '',
    role            text NOT NULL CHECK (role IN ('admin', 'dispatcher', 'viewer')),
    disabled        boolean NOT NULL DEFAULT false,
    password_hash   text NOT NULL,
    created         timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email_key ON drover.users (lower(email));
CREATE INDEX users_organization ON drover.users (organization_id);

CREATE TABLE drover.sessions (
    hash    bytea PRIMARY KEY CHECK (length(hash) = 32),
    user_id int NOT NULL REFERENCES drover.users ON DELETE CASCADE,
    created timestamptz NOT NULL DEFAULT now(),
    expires timestamptz NOT NULL
);
CREATE INDEX sessions_user ON drover.sessions (user_id);
CREATE INDEX sessions_expires ON drover.sessions (expires);

CREATE TABLE drover.api_tokens (
    id      int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id int NOT NULL REFERENCES drover.users ON DELETE CASCADE,
    hash    bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    name    text NOT NULL,
    role    text NOT NULL CHECK (role IN ('admin', 'dispatcher', 'viewer')),
    created timestamptz NOT NULL DEFAULT now(),
    expires timestamptz,
    used    timestamptz
);
CREATE INDEX api_tokens_user ON drover.api_tokens (user_id);

CREATE TABLE drover.vehicles (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations,
    name            text NOT NULL CHECK (name <> ''),
    plate           text NOT NULL DEFAULT '',
    fleet_group     text NOT NULL DEFAULT '',
    created         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, organization_id)
);
CREATE INDEX vehicles_name ON drover.vehicles (organization_id, lower(name), id);

CREATE TABLE drover.devices (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations,
    vehicle_id      int,
    identity        text NOT NULL CHECK (identity <> ''),
    protocol        text NOT NULL DEFAULT '',
    model           text NOT NULL DEFAULT '',
    phone           text NOT NULL DEFAULT '',
    disabled        boolean NOT NULL DEFAULT false,
    clock_offset    interval NOT NULL DEFAULT '0', -- of its clock from UTC
    retired         timestamptz,
    created         timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (vehicle_id, organization_id) REFERENCES drover.vehicles (id, organization_id)
);
CREATE UNIQUE INDEX devices_identity_key ON drover.devices (identity) WHERE retired IS NULL;
CREATE INDEX devices_vehicle ON drover.devices (vehicle_id);
CREATE INDEX devices_organization ON drover.devices (organization_id, identity) WHERE retired IS NULL;

-- Which vehicle a device was in, and when. A vehicle's history is the fixes of its devices while they were installed.
-- int4range makes an exclusion of equal integers possible without the extension btree_gist.
CREATE TABLE drover.installations (
    device_id  int NOT NULL REFERENCES drover.devices ON DELETE CASCADE,
    vehicle_id int NOT NULL REFERENCES drover.vehicles ON DELETE CASCADE,
    during     tstzrange NOT NULL CHECK (NOT isempty(during)),
    EXCLUDE USING gist (int4range(device_id, device_id, '[]') WITH &&, during WITH &&)
);
CREATE INDEX installations_vehicle ON drover.installations (vehicle_id);
CREATE INDEX installations_device ON drover.installations (device_id);

-- The first vehicle of a device gets all that the device remembers from before it was entered here.
-- +goose StatementBegin
CREATE FUNCTION drover.install_device() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    vehicle int := CASE WHEN NEW.retired IS NULL THEN NEW.vehicle_id END;
    now timestamptz := clock_timestamp();
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.organization_id <> OLD.organization_id THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                MESSAGE = 'a device belongs to one organization for life: retire it and make a new one';
        END IF;
        IF vehicle IS NOT DISTINCT FROM (CASE WHEN OLD.retired IS NULL THEN OLD.vehicle_id END) THEN
            RETURN NULL;
        END IF;
        UPDATE drover.installations SET during = tstzrange(lower(during), now)
            WHERE device_id = NEW.id AND upper_inf(during);
    END IF;
    IF vehicle IS NOT NULL THEN
        INSERT INTO drover.installations
        SELECT NEW.id, vehicle, CASE
            WHEN EXISTS (SELECT FROM drover.installations WHERE device_id = NEW.id) THEN tstzrange(now, NULL)
            ELSE tstzrange(NULL, NULL) END;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER install_device AFTER INSERT OR UPDATE ON drover.devices
    FOR EACH ROW EXECUTE FUNCTION drover.install_device();

-- Whoever lists the welcome devices listens here.
-- +goose StatementBegin
CREATE FUNCTION drover.notify_registry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY drover_registry;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER notify_registry AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON drover.devices
    FOR EACH STATEMENT EXECUTE FUNCTION drover.notify_registry();
CREATE TRIGGER notify_registry AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON drover.vehicles
    FOR EACH STATEMENT EXECUTE FUNCTION drover.notify_registry();

-- Strangers who called. Those who said no identity are told apart by their address.
CREATE TABLE drover.knocks (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    protocol text NOT NULL,
    identity text NOT NULL,
    port     int NOT NULL,
    reason   text NOT NULL,
    address  inet,
    first    timestamptz NOT NULL,
    last     timestamptz NOT NULL,
    count    bigint NOT NULL
);
CREATE UNIQUE INDEX knocks_key ON drover.knocks
    (identity, protocol, port, reason, (CASE WHEN identity = '' THEN coalesce(host(address), '') ELSE '' END));
CREATE INDEX knocks_last ON drover.knocks (last);

CREATE TABLE drover.settings (
    key   text PRIMARY KEY,
    value text NOT NULL
);
