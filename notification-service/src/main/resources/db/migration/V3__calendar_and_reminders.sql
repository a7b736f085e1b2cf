-- The latest snapshot of every calendar entry, as far as a reminder's words need it; log_time and log_offset as in cases.
CREATE TABLE calendar_entries (
    site       text        NOT NULL,
    entry_id   text        NOT NULL,
    kind       text        NOT NULL,
    title      text,
    location   text,
    starts_at  timestamptz,
    time_zone  text,
    case_kind  text,
    case_id    text,
    updated_at timestamptz NOT NULL,
    gone       boolean     NOT NULL,
    log_time   timestamptz NOT NULL,
    log_offset bigint      NOT NULL,
    PRIMARY KEY (site, entry_id)
);

-- Every reminder there will be, was and was not. A person is a user or, where is_client, a number. starts_at is the start
-- it was planned for; message_id and mobile stand there once it was handed over. id tells those of one moment apart.
CREATE TABLE reminders (
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    site          text        NOT NULL,
    entry_id      text        NOT NULL,
    person        text        NOT NULL,
    is_client     boolean     NOT NULL,
    remind_before text        NOT NULL,
    generation    integer     NOT NULL,
    due_at        timestamptz NOT NULL,
    starts_at     timestamptz NOT NULL,
    state         text        NOT NULL,
    reason        text,
    mobile        text,
    message_id    uuid,
    trace_parent  text        NOT NULL,
    changed_at    timestamptz NOT NULL,
    PRIMARY KEY (site, entry_id, person, is_client, remind_before, generation)
);

-- Only what waits: the due ones stand at its beginning, however many stand behind them.
CREATE INDEX due_reminders ON reminders (due_at) WHERE state = 'PENDING';

-- What a change of a user's profile may concern: what is on its way, and what failed for the profile.
CREATE INDEX reminders_of_user ON reminders (site, person, starts_at)
    WHERE NOT is_client AND state IN ('HANDED_OVER', 'NOT_SENT');

CREATE UNIQUE INDEX reminders_of_message ON reminders (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX reminders_of_site ON reminders (site, due_at, id);
