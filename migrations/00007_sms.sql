-- +goose Up

-- How a device is reached by SMS, beside its phone number.
ALTER TABLE drover.devices
    ADD command_login    text NOT NULL DEFAULT '', -- user name in front of commands, where the family has one
    ADD command_password bytea,                    -- sealed; null for none
    ADD sender           text NOT NULL DEFAULT '', -- ICCID of the modem's SIM that the tracker obeys; '' for whichever sent last
    ADD any_sender       boolean NOT NULL DEFAULT false; -- it obeys any of the modems' SIMs
-- Whose device sent an SMS: those whose numbers end alike are compared.
CREATE INDEX devices_phone ON drover.devices (right(regexp_replace(phone, '\D', '', 'g'), 6)) WHERE phone <> '';

-- SIMs of vehicles, and those in modems. A SIM belongs to one organization.
CREATE TABLE drover.sims (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations ON DELETE CASCADE,
    iccid           text NOT NULL CHECK (iccid ~ '^[0-9]{18,20}$'),
    -- The first 19 digits tell cards apart: a twentieth is the check digit, which not everybody says. A column, since a
    -- policy's reader finds nothing by an index of an expression.
    card            text NOT NULL GENERATED ALWAYS AS (left(iccid, 19)) STORED,
    imsi            text NOT NULL DEFAULT '' CHECK (imsi ~ '^[0-9]{0,15}$'),
    msisdn          text NOT NULL DEFAULT '', -- +E.164
    operator        text NOT NULL DEFAULT '',
    apn             text NOT NULL DEFAULT '',
    plan            text NOT NULL DEFAULT '',
    state           text NOT NULL DEFAULT 'active' CHECK (state IN ('stock', 'active', 'suspended', 'ended')),
    pin             bytea, -- sealed; null for none
    device_id       int,   -- it should be in; null for none, or for one in a modem
    modem           text NOT NULL DEFAULT '', -- the modem it was last seen in, '' for none
    budget_bytes    bigint CHECK (budget_bytes > 0), -- a month; null for none
    budget_messages int CHECK (budget_messages > 0), -- SMS a month; null for none
    note            text NOT NULL DEFAULT '',
    revision        int NOT NULL DEFAULT 1,
    deleted         timestamptz,
    created         timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (device_id) REFERENCES drover.devices ON DELETE SET NULL
);
CREATE UNIQUE INDEX sims_card_key ON drover.sims (organization_id, card) WHERE deleted IS NULL;
CREATE UNIQUE INDEX sims_device_key ON drover.sims (device_id) WHERE deleted IS NULL;
CREATE INDEX sims_organization ON drover.sims (organization_id, iccid);
CREATE INDEX sims_imsi ON drover.sims (imsi) WHERE imsi <> '' AND deleted IS NULL;
CREATE TRIGGER revise BEFORE UPDATE ON drover.sims FOR EACH ROW EXECUTE FUNCTION drover.revise();

-- Which SIM a device said it has, and when; '' is what it did not say.
CREATE TABLE drover.sim_sightings (
    device_id int NOT NULL REFERENCES drover.devices ON DELETE CASCADE,
    iccid     text NOT NULL,
    card      text NOT NULL GENERATED ALWAYS AS (left(iccid, 19)) STORED,
    imsi      text NOT NULL,
    first     timestamptz NOT NULL,
    last      timestamptz NOT NULL,
    PRIMARY KEY (device_id, iccid, imsi)
);
CREATE INDEX sim_sightings_card ON drover.sim_sightings (card) WHERE iccid <> '';
CREATE INDEX sim_sightings_imsi ON drover.sim_sightings (imsi) WHERE iccid = '';

-- The number that a device's SMS came from last, if it was not that of its SIM.
CREATE TABLE drover.sim_numbers (
    device_id int PRIMARY KEY REFERENCES drover.devices ON DELETE CASCADE,
    number    text NOT NULL,
    time      timestamptz NOT NULL
);

-- What a device's line carried, a UTC day. A SIM's usage is that of the device it was in.
CREATE TABLE drover.sim_usage (
    sim_id    int NOT NULL REFERENCES drover.sims ON DELETE CASCADE,
    day       date NOT NULL,
    bytes_in  bigint NOT NULL DEFAULT 0, -- from the tracker, without the headers of TCP/IP
    bytes_out bigint NOT NULL DEFAULT 0,
    frames    bigint NOT NULL DEFAULT 0,
    sms_in    int NOT NULL DEFAULT 0,    -- from the SIM
    sms_out   int NOT NULL DEFAULT 0,    -- to the SIM
    PRIMARY KEY (sim_id, day)
);

-- What was told of a SIM's budgets, so that it is told once a month.
CREATE TABLE drover.sim_budgets_told (
    sim_id  int NOT NULL REFERENCES drover.sims ON DELETE CASCADE,
    month   date NOT NULL, -- its first day
    what    text NOT NULL CHECK (what IN ('bytes', 'messages')),
    percent int NOT NULL,
    PRIMARY KEY (sim_id, month, what, percent)
);

-- The modems as they were last known, and their history.
CREATE TABLE drover.modems (
    name  text PRIMARY KEY,
    state jsonb NOT NULL, -- modem.State
    seen  timestamptz NOT NULL,
    paused boolean NOT NULL DEFAULT false -- by a person; it stays so over a restart
);
CREATE TABLE drover.modem_history (
    modem        text NOT NULL,
    time         timestamptz NOT NULL,
    phase        text NOT NULL,
    reason       text NOT NULL DEFAULT '',
    iccid        text NOT NULL DEFAULT '',
    registration text NOT NULL DEFAULT '',
    plmn         text NOT NULL DEFAULT '',
    signal_dbm   int,
    temperature  double precision,
    storage_used int,
    balance      numeric,
    PRIMARY KEY (modem, time)
);
-- SIMs whose PIN was entered and not accepted, so that a wrong one is tried once, ever.
CREATE TABLE drover.modem_pins (
    key   text PRIMARY KEY, -- the ICCID, or imei: and the modem's IMEI if a locked SIM does not tell it
    tried timestamptz NOT NULL DEFAULT now()
);

-- A PIN that a person changed is tried again, if the SIM is of the organization that runs the server, whose modems they are.
-- +goose StatementBegin
CREATE FUNCTION drover.forget_pin() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = drover, pg_temp AS $$
BEGIN
    IF NEW.organization_id = (SELECT min(id) FROM organizations) THEN
        DELETE FROM modem_pins WHERE left(key, 19) = NEW.card;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION drover.forget_pin FROM PUBLIC;
CREATE TRIGGER forget_pin AFTER UPDATE ON drover.sims FOR EACH ROW
    WHEN (OLD.pin IS DISTINCT FROM NEW.pin) EXECUTE FUNCTION drover.forget_pin();

-- Commands to devices, over whatever line.
CREATE TABLE drover.command_batches (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations ON DELETE CASCADE,
    user_id         int REFERENCES drover.users ON DELETE SET NULL,
    words           text NOT NULL,
    created         timestamptz NOT NULL DEFAULT now(),
    cancelled       timestamptz
);
CREATE TABLE drover.commands (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations ON DELETE CASCADE,
    device_id       int NOT NULL REFERENCES drover.devices ON DELETE CASCADE,
    batch_id        bigint REFERENCES drover.command_batches ON DELETE SET NULL,
    user_id         int REFERENCES drover.users ON DELETE SET NULL,
    kind            text NOT NULL,
    words           text NOT NULL,  -- for people, without secrets
    body            bytea NOT NULL, -- the command, sealed
    dangerous       boolean NOT NULL DEFAULT false,
    wish            text NOT NULL CHECK (wish IN ('auto', 'data', 'sms', 'wake', 'login')), -- the line that was asked for
    line            text NOT NULL DEFAULT '' CHECK (line IN ('', 'data', 'sms', 'wake', 'login')), -- the one it goes by now
    state           text NOT NULL DEFAULT 'queued' CHECK (state IN
        ('queued', 'waking', 'sending', 'sent', 'delivered', 'answered', 'refused', 'failed', 'expired', 'unknown', 'cancelled')),
    reason          text NOT NULL DEFAULT '', -- why it is in its state, for people
    answer          text,
    answer_data     bytea,
    parsed          jsonb, -- what was read from the answer
    created         timestamptz NOT NULL DEFAULT now(),
    expires         timestamptz NOT NULL,
    sent            timestamptz,
    delivered       timestamptz,
    done            timestamptz, -- when it got a final state
    attempts        int NOT NULL DEFAULT 0,
    due             timestamptz NOT NULL DEFAULT now() -- when it is looked after again, if nothing happens before
);
CREATE INDEX commands_due ON drover.commands (due) WHERE done IS NULL;
CREATE INDEX commands_open ON drover.commands (device_id, id) WHERE done IS NULL;
CREATE INDEX commands_device ON drover.commands (device_id, id);
CREATE INDEX commands_organization ON drover.commands (organization_id, id);
CREATE INDEX commands_batch ON drover.commands (batch_id) WHERE batch_id IS NOT NULL;

-- SMS, both ways. Those whose sender is nobody's device belong to the organization that runs the server: the quarantine.
CREATE TABLE drover.sms (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id int NOT NULL REFERENCES drover.organizations ON DELETE CASCADE,
    direction       text NOT NULL CHECK (direction IN ('in', 'out')),
    device_id       int REFERENCES drover.devices ON DELETE SET NULL,
    command_id      bigint REFERENCES drover.commands ON DELETE SET NULL,
    user_id         int REFERENCES drover.users ON DELETE SET NULL,
    peer            text NOT NULL, -- the other end's number: +E.164, a short code, or a name
    text            text NOT NULL DEFAULT '',
    data            bytea,         -- of an 8-bit message
    raw             bytea,         -- the TPDU of one that could not be read
    key             text UNIQUE,   -- of one that came: the same if it is read again
    modem           text NOT NULL DEFAULT '',
    iccid           text NOT NULL DEFAULT '', -- of the modem's SIM
    state           text NOT NULL CHECK (state IN
        ('queued', 'sending', 'sent', 'delivered', 'failed', 'expired', 'unknown', 'cancelled',
         'received', 'quarantined', 'unreadable')),
    reason          text NOT NULL DEFAULT '',
    plain           boolean NOT NULL DEFAULT false, -- a tracker's command: exactly these bytes, one message
    dangerous       boolean NOT NULL DEFAULT false, -- never sent again while it is not known whether it went
    strict          boolean NOT NULL DEFAULT false, -- only the SIM iccid may send it
    priority        int NOT NULL DEFAULT 0, -- higher first
    attempts        int NOT NULL DEFAULT 0,
    due             timestamptz NOT NULL DEFAULT now(), -- not before
    expires         timestamptz NOT NULL DEFAULT 'infinity',
    validity        interval NOT NULL DEFAULT '1 day', -- how long the network tries to deliver it
    created         timestamptz NOT NULL DEFAULT now(), -- of one that came: when it was read
    sent            timestamptz, -- of one that came: when its sender's network took it
    done            timestamptz, -- of one that goes: when it got a final state; of one that came: when it was acted on
    seen            timestamptz  -- of one in the quarantine: when somebody looked after it
);
CREATE INDEX sms_queue ON drover.sms (priority DESC, id) WHERE direction = 'out' AND state IN ('queued', 'sending');
CREATE INDEX sms_open ON drover.sms (id) WHERE direction = 'out' AND done IS NULL;
CREATE INDEX sms_unheard ON drover.sms (id) WHERE direction = 'in' AND done IS NULL;
CREATE INDEX sms_organization ON drover.sms (organization_id, id);
CREATE INDEX sms_device ON drover.sms (device_id, id);
CREATE INDEX sms_command ON drover.sms (command_id) WHERE command_id IS NOT NULL;

-- The parts of SMS that go, one at least, with the reference that the modem gave each.
CREATE TABLE drover.sms_out_parts (
    sms_id    bigint NOT NULL REFERENCES drover.sms ON DELETE CASCADE,
    number    int NOT NULL,      -- from 1
    tpdu      bytea NOT NULL,    -- as it is sent
    state     text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'delivered', 'failed', 'unknown')),
    reference int,               -- TP-MR, 0 to 255
    iccid     text NOT NULL DEFAULT '',
    peer      text NOT NULL,     -- as in sms
    sent      timestamptz, -- or tried; null of one that did not go
    taken     timestamptz, -- by the service centre, as its report says (TP-SCTS); null while there is none
    PRIMARY KEY (sms_id, number)
);
-- Which part a report was of, if it comes again.
CREATE INDEX sms_out_parts_taken ON drover.sms_out_parts (iccid, reference, taken) WHERE taken IS NOT NULL;
CREATE INDEX sms_out_parts_reference ON drover.sms_out_parts (iccid, right(peer, 6), sent DESC)
    WHERE state IN ('sent', 'unknown');
-- Which SIM a number knows.
CREATE INDEX sms_out_parts_peer ON drover.sms_out_parts (peer, sent DESC) WHERE sent IS NOT NULL;
-- How much each SIM sent lately, for its limits.
CREATE INDEX sms_out_parts_sent ON drover.sms_out_parts (iccid, sent);

-- Parts of SMS that came. They stay a while after the whole is made, so that one that is read again is known.
CREATE TABLE drover.sms_in_parts (
    key       text PRIMARY KEY,
    modem     text NOT NULL,
    iccid     text NOT NULL,
    peer      text NOT NULL,
    reference int NOT NULL,
    number    int NOT NULL,
    total     int NOT NULL,
    text      text NOT NULL,
    data      bytea,
    sent      timestamptz NOT NULL,
    arrived   timestamptz NOT NULL DEFAULT now(),
    sms_id    bigint REFERENCES drover.sms ON DELETE CASCADE -- the whole; null while parts are missing
);
CREATE INDEX sms_in_parts_waiting ON drover.sms_in_parts (iccid, peer, reference, total) WHERE sms_id IS NULL;
CREATE INDEX sms_in_parts_sms ON drover.sms_in_parts (sms_id);

-- Who shows commands, messages and SIMs live listens here. The payload says organization, device, kind and id.
-- +goose StatementBegin
CREATE FUNCTION drover.notify_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('drover_notice', json_build_object('organization', NEW.organization_id,
        'device', coalesce(NEW.device_id, 0), 'kind', TG_ARGV[0], 'id', NEW.id)::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER notify_notice AFTER INSERT OR UPDATE OF state ON drover.commands
    FOR EACH ROW EXECUTE FUNCTION drover.notify_notice('command');
CREATE TRIGGER notify_notice AFTER INSERT OR UPDATE ON drover.sms
    FOR EACH ROW EXECUTE FUNCTION drover.notify_notice('sms');
CREATE TRIGGER notify_notice AFTER INSERT OR UPDATE ON drover.sims
    FOR EACH ROW EXECUTE FUNCTION drover.notify_notice('sim');

-- Counts an SMS as usage of the SIM of its device, and of the modem's: one that goes by its parts, once the network has
-- it. What goes to the one is from the other. The modems' SIMs are the organization's that runs the server.
-- +goose StatementBegin
CREATE FUNCTION drover.count_sms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = drover, pg_temp AS $$
DECLARE
    here int := 0;
    there int := 0;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state = NEW.state OR OLD.state IN ('sent', 'delivered')) THEN
        RETURN NULL;
    ELSIF NEW.direction = 'in' THEN
        here := 1;
    ELSE
        there := greatest(1, (SELECT count(*) FROM sms_out_parts p WHERE p.sms_id = NEW.id));
    END IF;
    INSERT INTO sim_usage AS u (sim_id, day, sms_in, sms_out)
    SELECT m.id, (now() AT TIME ZONE 'UTC')::date, here, there
    FROM sims m WHERE m.device_id = NEW.device_id AND m.deleted IS NULL AND NEW.state <> 'quarantined'
    UNION ALL
    SELECT m.id, (now() AT TIME ZONE 'UTC')::date, there, here
    FROM sims m WHERE m.card = left(NEW.iccid, 19) AND m.deleted IS NULL AND m.modem <> '' AND m.device_id IS NULL
        AND m.organization_id = (SELECT min(id) FROM organizations)
        AND (TG_OP = 'INSERT' OR OLD.state <> 'quarantined') -- it was counted when it came
    ON CONFLICT (sim_id, day) DO UPDATE SET sms_in = u.sms_in + excluded.sms_in, sms_out = u.sms_out + excluded.sms_out;
    RETURN NULL;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION drover.count_sms FROM PUBLIC;
CREATE TRIGGER count_sms AFTER INSERT OR UPDATE OF state ON drover.sms FOR EACH ROW
    WHEN (NEW.state IN ('sent', 'delivered', 'received', 'quarantined'))
    EXECUTE FUNCTION drover.count_sms();

-- Modems are the business of the organization that runs the server, and have names in place of ids.
-- +goose StatementBegin
CREATE FUNCTION drover.notify_modem() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('drover_notice', json_build_object('organization', (SELECT min(id) FROM drover.organizations),
        'device', 0, 'kind', 'modem', 'id', 0)::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER notify_notice AFTER INSERT ON drover.modem_history
    FOR EACH ROW EXECUTE FUNCTION drover.notify_modem();

ALTER TABLE drover.sims ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.sims TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND ((SELECT drover.caller_sees_all()) OR EXISTS (SELECT FROM drover.devices d WHERE d.id = device_id)
            -- of a SIM that should be nowhere, where it is
            OR device_id IS NULL AND modem = '' AND EXISTS (SELECT FROM drover.sim_sightings g
                WHERE g.iccid <> '' AND g.card = sims.card)));
ALTER TABLE drover.sim_sightings ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.sim_sightings TO drover_tenant
    USING (EXISTS (SELECT FROM drover.devices d WHERE d.id = device_id));
ALTER TABLE drover.sim_numbers ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.sim_numbers TO drover_tenant
    USING (EXISTS (SELECT FROM drover.devices d WHERE d.id = device_id));
ALTER TABLE drover.sim_budgets_told ENABLE ROW LEVEL SECURITY; -- nobody but the server reads them
ALTER TABLE drover.sim_usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.sim_usage TO drover_tenant
    USING (EXISTS (SELECT FROM drover.sims s WHERE s.id = sim_id));
ALTER TABLE drover.modems ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.modems TO drover_tenant
    USING ((SELECT drover.caller_sees_all()) AND (SELECT drover.caller_is_operator()));
ALTER TABLE drover.modem_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.modem_history TO drover_tenant
    USING ((SELECT drover.caller_sees_all()) AND (SELECT drover.caller_is_operator()));
ALTER TABLE drover.command_batches ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.command_batches TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND ((SELECT drover.caller_sees_all()) OR user_id = (SELECT drover.caller_user())));
ALTER TABLE drover.commands ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.commands TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND EXISTS (SELECT FROM drover.devices d WHERE d.id = device_id));
ALTER TABLE drover.sms ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.sms TO drover_tenant
    USING (organization_id = (SELECT drover.caller_organization())
        AND ((SELECT drover.caller_sees_all()) OR EXISTS (SELECT FROM drover.devices d WHERE d.id = device_id)));
ALTER TABLE drover.sms_out_parts ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON drover.sms_out_parts TO drover_tenant
    USING (EXISTS (SELECT FROM drover.sms m WHERE m.id = sms_id));
ALTER TABLE drover.sms_in_parts ENABLE ROW LEVEL SECURITY; -- nobody but the server reads them

GRANT SELECT, INSERT, UPDATE ON drover.sims, drover.command_batches, drover.commands, drover.sms TO drover_tenant;
GRANT SELECT, INSERT ON drover.sms_out_parts TO drover_tenant;
GRANT SELECT ON drover.sim_sightings, drover.sim_numbers, drover.sim_usage, drover.modem_history TO drover_tenant;
GRANT SELECT, UPDATE ON drover.modems TO drover_tenant;
