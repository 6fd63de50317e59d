-- +goose Up

-- Whoever asks through the API does so as this role, which sees the rows of one scope and no others: see the policies at
-- the end. A role belongs to the whole cluster, so it may be there already, and others may be making it at this moment.
-- +goose StatementBegin
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'drover_tenant') THEN
        BEGIN
            CREATE ROLE drover_tenant NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- another was faster
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'drover_tenant', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT drover_tenant TO %I', current_user);
        EXCEPTION WHEN unique_violation THEN
            NULL;
        END;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'user % may not make the role drover_tenant: run CREATE ROLE drover_tenant NOLOGIN (if it is not there) '
        'and GRANT drover_tenant TO %I as a superuser', current_user, current_user;
END $$;
-- +goose StatementEnd

-- A revision counts the changes of a row, so that two people who change it notice each other.
-- +goose StatementBegin
CREATE FUNCTION drover.revise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- Groups of vehicles: a tree in each organization. The path is the names from the top, joined by /.
CREATE TABLE drover.groups (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations ON DELETE CASCADE,
    parent_id       int,
    name            text NOT NULL CHECK (name <> '' AND strpos(name, '/') = 0),
    path            text NOT NULL CHECK (length(path) <= 500),
    revision        int NOT NULL DEFAULT 1,
    deleted         timestamptz,
    created         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, organization_id),
    FOREIGN KEY (parent_id, organization_id) REFERENCES drover.groups (id, organization_id)
);
CREATE UNIQUE INDEX groups_path_key ON drover.groups (organization_id, lower(path)) WHERE deleted IS NULL;
CREATE INDEX groups_parent ON drover.groups (parent_id);

-- +goose StatementBegin
CREATE FUNCTION drover.place_group() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above text;
BEGIN
    NEW.path := NEW.name;
    IF NEW.parent_id IS NOT NULL THEN
        SELECT path INTO above FROM drover.groups WHERE id = NEW.parent_id;
        IF TG_OP = 'UPDATE' AND (NEW.parent_id = NEW.id OR starts_with(above || '/', OLD.path || '/')) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'a group cannot be inside itself';
        END IF;
        NEW.path := above || '/' || NEW.name;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER place_group BEFORE INSERT OR UPDATE ON drover.groups
    FOR EACH ROW EXECUTE FUNCTION drover.place_group();
CREATE TRIGGER revise BEFORE UPDATE ON drover.groups FOR EACH ROW EXECUTE FUNCTION drover.revise();

-- +goose StatementBegin
CREATE FUNCTION drover.place_groups_below() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE drover.groups SET parent_id = parent_id WHERE parent_id = NEW.id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER place_groups_below AFTER UPDATE ON drover.groups
    FOR EACH ROW WHEN (OLD.path <> NEW.path) EXECUTE FUNCTION drover.place_groups_below();
CREATE TRIGGER notify_registry AFTER UPDATE ON drover.groups
    FOR EACH STATEMENT EXECUTE FUNCTION drover.notify_registry();

-- The groups of vehicles were paths before. This makes the group of a path, with those above it, and is for this file only.
-- +goose StatementBegin
CREATE FUNCTION drover.group_at(organization int, path text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    part text;
    at int;
    below int;
BEGIN
    FOREACH part IN ARRAY string_to_array(path, '/') LOOP
        part := btrim(part);
        CONTINUE WHEN part = '';
        below := NULL;
        SELECT g.id INTO below FROM drover.groups g WHERE g.organization_id = organization AND g.deleted IS NULL
            AND g.parent_id IS NOT DISTINCT FROM at AND lower(g.name) = lower(part);
        IF below IS NULL THEN
            INSERT INTO drover.groups (organization_id, parent_id, name) VALUES (organization, at, part)
                RETURNING id INTO below;
        END IF;
        at := below;
    END LOOP;
    RETURN at;
END $$;
-- +goose StatementEnd

ALTER TABLE drover.vehicles
    ADD group_id int,
    ADD revision int NOT NULL DEFAULT 1,
    ADD deleted  timestamptz,
    ADD FOREIGN KEY (group_id, organization_id) REFERENCES drover.groups (id, organization_id);
UPDATE drover.vehicles v SET group_id = g.id FROM (
    SELECT organization_id, fleet_group, drover.group_at(organization_id, left(fleet_group, 500)) AS id
    FROM (SELECT DISTINCT organization_id, fleet_group FROM drover.vehicles WHERE fleet_group <> '') d) g
WHERE (v.organization_id, v.fleet_group) = (g.organization_id, g.fleet_group);
ALTER TABLE drover.vehicles DROP fleet_group;
DROP FUNCTION drover.group_at;
CREATE INDEX vehicles_group ON drover.vehicles (group_id);
CREATE TRIGGER revise BEFORE UPDATE ON drover.vehicles FOR EACH ROW EXECUTE FUNCTION drover.revise();

ALTER TABLE drover.devices ADD revision int NOT NULL DEFAULT 1;
CREATE TRIGGER revise BEFORE UPDATE ON drover.devices FOR EACH ROW EXECUTE FUNCTION drover.revise();
-- Who moves a device need not be able to write where it was.
ALTER FUNCTION drover.install_device() SECURITY DEFINER SET search_path = drover, pg_temp;

CREATE TABLE drover.drivers (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations ON DELETE CASCADE,
    name            text NOT NULL CHECK (name <> ''),
    phone           text NOT NULL DEFAULT '',
    licence         text NOT NULL DEFAULT '',
    key             text NOT NULL DEFAULT '', -- of an iButton or RFID card, as the tracker says it
    vehicle_id      int,
    revision        int NOT NULL DEFAULT 1,
    deleted         timestamptz,
    created         timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (vehicle_id, organization_id) REFERENCES drover.vehicles (id, organization_id)
);
CREATE INDEX drivers_name ON drover.drivers (organization_id, lower(name), id);
CREATE UNIQUE INDEX drivers_vehicle_key ON drover.drivers (vehicle_id) WHERE deleted IS NULL;
CREATE UNIQUE INDEX drivers_key_key ON drover.drivers (organization_id, key) WHERE key <> '' AND deleted IS NULL;
CREATE TRIGGER revise BEFORE UPDATE ON drover.drivers FOR EACH ROW EXECUTE FUNCTION drover.revise();
CREATE TRIGGER notify_registry AFTER INSERT OR UPDATE OR DELETE ON drover.drivers
    FOR EACH STATEMENT EXECUTE FUNCTION drover.notify_registry();

ALTER TABLE drover.users
    ADD settings     jsonb NOT NULL DEFAULT '{}',
    ADD totp         bytea, -- the secret, sealed; null for none
    ADD totp_pending bytea, -- one that is not confirmed yet
    ADD totp_step    bigint NOT NULL DEFAULT 0, -- of the last code that was taken: none is taken twice
    ADD recovery     bytea[] NOT NULL DEFAULT '{}', -- hashes of the codes for a lost second factor
    ADD oidc_issuer  text,
    ADD oidc_subject text,
    ADD revision     int NOT NULL DEFAULT 1,
    ADD deleted      timestamptz;
DROP INDEX drover.users_email_key;
CREATE UNIQUE INDEX users_email_key ON drover.users (lower(email)) WHERE deleted IS NULL;
CREATE UNIQUE INDEX users_oidc_key ON drover.users (oidc_issuer, oidc_subject) WHERE deleted IS NULL;
CREATE TRIGGER revise BEFORE UPDATE ON drover.users FOR EACH ROW EXECUTE FUNCTION drover.revise();

-- The groups that a user is limited to, with all below them; a user without a row here sees every vehicle. So a group that
-- somebody is limited to must not vanish.
CREATE TABLE drover.user_groups (
    user_id  int NOT NULL REFERENCES drover.users ON DELETE CASCADE,
    group_id int NOT NULL REFERENCES drover.groups,
    PRIMARY KEY (user_id, group_id)
);
CREATE INDEX user_groups_group ON drover.user_groups (group_id);

-- The groups of a user with all below them; null for no limit.
-- +goose StatementBegin
CREATE FUNCTION drover.groups_of(the_user int) RETURNS int[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM drover.user_groups WHERE user_id = the_user) THEN ARRAY(
        SELECT DISTINCT g.id FROM drover.user_groups u JOIN drover.groups r ON r.id = u.group_id
        JOIN drover.groups g ON g.organization_id = r.organization_id AND starts_with(g.path || '/', r.path || '/')
        WHERE u.user_id = the_user ORDER BY g.id) END
$$;
-- +goose StatementEnd

ALTER TABLE drover.sessions
    ADD id      int GENERATED ALWAYS AS IDENTITY UNIQUE,
    ADD address text NOT NULL DEFAULT '',
    ADD browser text NOT NULL DEFAULT '',
    ADD used    timestamptz NOT NULL DEFAULT now();
ALTER TABLE drover.api_tokens
    ADD scopes text[] NOT NULL DEFAULT '{fleet:read,fleet:write,history:read,admin}';

-- Who changed what, and when. Names stand here as they were then.
CREATE TABLE drover.audit (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations ON DELETE CASCADE,
    time            timestamptz NOT NULL DEFAULT now(),
    user_id         int,
    user_name       text NOT NULL DEFAULT '',
    address         text NOT NULL, -- an IP address, or what else it came by
    action          text NOT NULL,
    kind            text NOT NULL,
    object_id       bigint NOT NULL,
    text            text NOT NULL,
    changes         jsonb NOT NULL DEFAULT '{}' -- of each member: {"from": …, "to": …}
);
CREATE INDEX audit_organization ON drover.audit (organization_id, id);

-- Links that show one vehicle to whoever has them.
CREATE TABLE drover.links (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations ON DELETE CASCADE,
    vehicle_id      int NOT NULL,
    user_id         int REFERENCES drover.users ON DELETE SET NULL, -- who made it
    hash            bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    name            text NOT NULL DEFAULT '',
    created         timestamptz NOT NULL DEFAULT now(),
    expires         timestamptz NOT NULL,
    FOREIGN KEY (vehicle_id, organization_id) REFERENCES drover.vehicles (id, organization_id) ON DELETE CASCADE
);
CREATE INDEX links_vehicle ON drover.links (vehicle_id);

-- What was answered to requests that may be sent again.
CREATE TABLE drover.idempotency_keys (
    user_id int NOT NULL REFERENCES drover.users ON DELETE CASCADE,
    key     bytea NOT NULL CHECK (length(key) = 32), -- SHA-256
    request bytea NOT NULL CHECK (length(request) = 32), -- SHA-256
    answer  bytea, -- sealed under the key; null while the first request is under way
    created timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_created ON drover.idempotency_keys (created);

-- Who is asking: the server sets this with the role, for one transaction. Unset, nothing is seen.
CREATE FUNCTION drover.caller_organization() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE AS
    'SELECT nullif(current_setting(''drover.organization'', true), '''')::int';
CREATE FUNCTION drover.caller_user() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE AS
    'SELECT nullif(current_setting(''drover.user_id'', true), '''')::int';
-- drover.groups is all, or an array of ids.
CREATE FUNCTION drover.caller_sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
    'SELECT coalesce(current_setting(''drover.groups'', true) = ''all'', false)';
CREATE FUNCTION drover.caller_groups() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE AS
    'SELECT CASE WHEN current_setting(''drover.groups'', true) LIKE ''{%'' THEN current_setting(''drover.groups'')::int[] END';

-- A stranger is whoever bears the identity of nobody's device; only the first organization, which runs the server, is told.
CREATE FUNCTION drover.is_stranger(said text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = drover, pg_temp AS
    'SELECT NOT EXISTS (SELECT FROM devices WHERE identity = said AND retired IS NULL)';
CREATE FUNCTION drover.caller_is_operator() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = drover, pg_temp AS
    'SELECT caller_organization() = (SELECT min(id) FROM organizations)';
REVOKE EXECUTE ON FUNCTION drover.is_stranger, drover.caller_is_operator FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drover.is_stranger, drover.caller_is_operator TO drover_tenant;

-- The fixes of the caller's devices, and of one who is limited to groups those that were sent from their vehicles. A policy
-- on the table would come to the same, but would keep the second column of the index fixes_device from being used, since
-- date_bin is not leakproof: the table itself is granted to nobody. Most devices are in one vehicle all their lives, which
-- is looked up once a query; where a device was at each fix is asked for those that were in one for a part of theirs.
CREATE VIEW drover.visible_fixes AS
SELECT f.time, f.device_id, f.received, f.latitude, f.longitude, f.altitude, f.speed, f.course, f.flags, f.data
FROM drover.fixes f
WHERE CASE WHEN (SELECT drover.caller_sees_all()) THEN
    EXISTS (SELECT FROM drover.devices d
        WHERE d.id = f.device_id AND d.organization_id = (SELECT drover.caller_organization()))
ELSE
    EXISTS (SELECT FROM drover.installations i JOIN drover.vehicles v ON v.id = i.vehicle_id
        WHERE i.device_id = f.device_id AND i.during = '(,)' AND v.group_id = ANY ((SELECT drover.caller_groups())::int[])
        AND v.organization_id = (SELECT drover.caller_organization()))
    OR EXISTS (SELECT FROM drover.installations i JOIN drover.vehicles v ON v.id = i.vehicle_id
        WHERE i.device_id = f.device_id AND i.during <> '(,)' AND v.group_id = ANY ((SELECT drover.caller_groups())::int[])
        AND v.organization_id = (SELECT drover.caller_organization()))
    AND EXISTS (SELECT FROM drover.installations i JOIN drover.vehicles v ON v.id = i.vehicle_id
        WHERE i.device_id = f.device_id AND (i.during @> f.time) IS TRUE
        AND v.group_id = ANY ((SELECT drover.caller_groups())::int[])
        AND v.organization_id = (SELECT drover.caller_organization()))
END;

-- What a caller sees. What is inside a policy is under the policies of the tables that it names.
ALTER TABLE drover.organizations ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.organizations TO drover_tenant
    USING (id = (SELECT drover.caller_organization()));

ALTER TABLE drover.groups ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.groups TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND ((SELECT drover.caller_sees_all()) OR id = ANY ((SELECT drover.caller_groups())::int[])))
    WITH CHECK (organization_id = (SELECT drover.caller_organization()) AND (SELECT drover.caller_sees_all()));

ALTER TABLE drover.vehicles ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.vehicles TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND ((SELECT drover.caller_sees_all()) OR group_id = ANY ((SELECT drover.caller_groups())::int[])));

ALTER TABLE drover.devices ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.devices TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND ((SELECT drover.caller_sees_all()) OR EXISTS (SELECT FROM drover.vehicles v WHERE v.id = vehicle_id)));

ALTER TABLE drover.drivers ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.drivers TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND ((SELECT drover.caller_sees_all()) OR EXISTS (SELECT FROM drover.vehicles v WHERE v.id = vehicle_id)));

ALTER TABLE drover.installations ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.installations TO drover_tenant
    USING (EXISTS (SELECT FROM drover.vehicles v WHERE v.id = vehicle_id));

ALTER TABLE drover.device_state ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.device_state TO drover_tenant
    USING (EXISTS (SELECT FROM drover.devices d WHERE d.id = device_id));

ALTER TABLE drover.events ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.events TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND ((SELECT drover.caller_sees_all()) OR EXISTS (SELECT FROM drover.installations i
            WHERE i.device_id = events.device_id AND (i.during @> events.time) IS TRUE)));

ALTER TABLE drover.users ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.users TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization()));

ALTER TABLE drover.user_groups ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.user_groups TO drover_tenant
    USING (EXISTS (SELECT FROM drover.users u WHERE u.id = user_id))
    WITH CHECK (EXISTS (SELECT FROM drover.users u WHERE u.id = user_id)
        AND EXISTS (SELECT FROM drover.groups g WHERE g.id = group_id AND g.deleted IS NULL));

ALTER TABLE drover.sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.sessions TO drover_tenant
    USING (EXISTS (SELECT FROM drover.users u WHERE u.id = user_id));

ALTER TABLE drover.api_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.api_tokens TO drover_tenant
    USING (EXISTS (SELECT FROM drover.users u WHERE u.id = user_id));

ALTER TABLE drover.links ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.links TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND EXISTS (SELECT FROM drover.vehicles v WHERE v.id = vehicle_id));

ALTER TABLE drover.audit ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON drover.audit FOR SELECT TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization()) AND (SELECT drover.caller_sees_all()));
CREATE POLICY writing ON drover.audit FOR INSERT TO drover_tenant
    WITH CHECK (organization_id = (SELECT drover.caller_organization()));

ALTER TABLE drover.idempotency_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.idempotency_keys TO drover_tenant
    USING (user_id = (SELECT drover.caller_user()));

ALTER TABLE drover.knocks ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.knocks TO drover_tenant
    USING (reason <> 'unknown' AND EXISTS (SELECT FROM drover.devices d WHERE d.identity = knocks.identity AND d.retired IS NULL)
        OR (SELECT drover.caller_sees_all()) AND (SELECT drover.caller_is_operator()) AND drover.is_stranger(identity));

GRANT USAGE ON SCHEMA drover TO drover_tenant;
GRANT SELECT ON drover.organizations, drover.installations, drover.device_state, drover.events, drover.visible_fixes
    TO drover_tenant;
GRANT SELECT, INSERT, UPDATE ON drover.groups, drover.vehicles, drover.devices, drover.drivers, drover.users TO drover_tenant;
GRANT SELECT, INSERT, DELETE ON drover.user_groups, drover.api_tokens, drover.links TO drover_tenant;
GRANT SELECT, DELETE ON drover.sessions, drover.knocks TO drover_tenant;
GRANT SELECT, INSERT ON drover.audit TO drover_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON drover.idempotency_keys TO drover_tenant;
