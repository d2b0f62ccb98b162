-- One row a grain's state. The columns after payload are what lists filter and sort by, written in the same statement.
CREATE TABLE followup_state (
    grain_type text COLLATE "C" NOT NULL,
    grain_key text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    payload bytea NOT NULL,
    workspace text COLLATE "C",
    status text,
    bot_id text COLLATE "C",
    next_due_at timestamptz,
    scenario text,
    step_state text,
    channel text,
    last_activity_at timestamptz,
    missed boolean,
    search_text text,
    PRIMARY KEY (grain_type, grain_key));
CREATE INDEX followup_state_due ON followup_state (workspace, next_due_at, grain_key) WHERE next_due_at IS NOT NULL;
CREATE INDEX followup_state_activity ON followup_state (workspace, last_activity_at DESC, grain_key) WHERE workspace IS NOT NULL;
CREATE INDEX followup_state_bot ON followup_state (workspace, bot_id, last_activity_at DESC, grain_key) WHERE workspace IS NOT NULL;

-- The documents as text, for people.
CREATE VIEW followup_document AS SELECT grain_type, grain_key, version, convert_from(payload, 'UTF8') AS document FROM followup_state;

CREATE TABLE followup_reminder (
    grain_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    hash bigint NOT NULL,
    start_at timestamptz NOT NULL,
    period interval NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (grain_id, name));

-- A refresh reads what falls due soon; the place on the ring is decided inside the index.
CREATE INDEX followup_reminder_start ON followup_reminder (start_at, hash);

CREATE TABLE followup_transcript (
    workspace text COLLATE "C" NOT NULL,
    conversation text COLLATE "C" NOT NULL,
    page integer NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (workspace, conversation, page));
