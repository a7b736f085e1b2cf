-- The latest snapshot of every case. log_time and log_offset are the place of the record it came from: a batch that is
-- read again must not undo what came after it.
CREATE TABLE cases (
    site        text        NOT NULL,
    kind        text        NOT NULL,
    case_id     text        NOT NULL,
    title       text,
    client_name text,
    updated_at  timestamptz NOT NULL,
    gone        boolean     NOT NULL,
    log_time    timestamptz NOT NULL,
    log_offset  bigint      NOT NULL,
    PRIMARY KEY (site, kind, case_id)
);

-- Who works on a case; replaced as a whole with every snapshot. One user may hold a case several times.
CREATE TABLE assignments (
    site       text    NOT NULL,
    kind       text    NOT NULL,
    case_id    text    NOT NULL,
    user_id    text    NOT NULL,
    is_primary boolean NOT NULL,
    starts_on  date,
    ends_on    date
);
CREATE INDEX assignments_of_case ON assignments (site, kind, case_id);
CREATE INDEX assignments_of_user ON assignments (site, user_id);

CREATE TABLE users (
    site            text        NOT NULL,
    user_id         text        NOT NULL,
    name            text,
    email           text,
    mobile          text,
    roles           text[]      NOT NULL,
    active          boolean     NOT NULL,
    texting_enabled boolean     NOT NULL,
    updated_at      timestamptz NOT NULL,
    gone            boolean     NOT NULL,
    log_time        timestamptz NOT NULL,
    log_offset      bigint      NOT NULL,
    PRIMARY KEY (site, user_id)
);

-- What is needed of a received text when it moves: how its alerts begin, and the cases it stands on with the alert of
-- each ([{"caseRef", "alertId"}]).
CREATE TABLE replies (
    site     text  NOT NULL,
    sid      text  NOT NULL,
    preview  text  NOT NULL,
    filings  jsonb NOT NULL,
    moved_at timestamptz,
    PRIMARY KEY (site, sid)
);

-- raised_no tells alerts of one moment apart.
CREATE TABLE alerts (
    alert_id     uuid        PRIMARY KEY,
    raised_no    bigint      GENERATED ALWAYS AS IDENTITY,
    site         text        NOT NULL,
    kind         text        NOT NULL,
    case_id      text        NOT NULL,
    sid          text        NOT NULL,
    contact      text        NOT NULL,
    preview      text        NOT NULL,
    raised_at    timestamptz NOT NULL,
    dismissed_by text,
    dismissed_at timestamptz
);
CREATE INDEX standing_alerts ON alerts (site, kind, case_id) WHERE dismissed_at IS NULL;
