-- A site's settings as last written; what every service reads is the SiteChanged event of it.
CREATE TABLE site (
    site       text PRIMARY KEY,
    document   jsonb       NOT NULL,
    updated_at timestamptz NOT NULL
);

-- No foreign keys below: every row is written by a transaction that holds the rows it belongs to, and each check would
-- be one more look-up and one more row lock for every part, attempt and report.

-- A message as it was asked for. With the site its id is the idempotency key; the fingerprint tells a repeat from
-- another message under the same id, and is missing where only a cancellation has come yet. While a part is called,
-- status stays WAITING: a claim writes parts only.
CREATE TABLE message (
    site             text        NOT NULL,
    message_id       uuid        NOT NULL,
    contact          text        NOT NULL,
    sender           text,
    body             text,
    media_urls       text[]      NOT NULL DEFAULT '{}',
    case_kind        text,
    case_id          text,
    sent_by          text,
    purpose          text        NOT NULL,
    audience         text        NOT NULL,
    text_demanded    boolean     NOT NULL DEFAULT false,
    attributes       jsonb       NOT NULL DEFAULT '{}',
    fingerprint      bytea,
    parts            int         NOT NULL,
    status           text        NOT NULL,
    rejection_reason text,
    rejection_detail text,
    hold_reason      text,
    cancelled_by     text,
    cancel_reason    text,
    send_at          timestamptz,
    expires_at       timestamptz,
    trace_parent     text        NOT NULL,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (site, message_id)
) WITH (fillfactor = 55);

CREATE INDEX message_newest ON message (site, created_at DESC, message_id DESC);
CREATE INDEX message_by_contact ON message (site, contact, created_at DESC);
CREATE INDEX message_by_case ON message (site, case_kind, case_id, created_at DESC) WHERE case_id IS NOT NULL;

-- One Twilio message each. line_at and seq are its place in the conversation's line and never change; due_at is when
-- it is next looked at. attempt, attempt_at and lease_until are the journal of the attempt that is out, committed
-- before Twilio is called.
CREATE TABLE part (
    site        text        NOT NULL,
    message_id  uuid        NOT NULL,
    part        int         NOT NULL,
    parts       int         NOT NULL,
    contact     text        NOT NULL,
    sender      text        NOT NULL,
    lane        smallint    NOT NULL,
    seq         bigint      GENERATED ALWAYS AS IDENTITY,
    line_at     timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    expires_at  timestamptz,
    body        text,
    media_url   text,
    segments    int         NOT NULL,
    status      text        NOT NULL,
    begun       boolean     NOT NULL DEFAULT false,
    sid         text,
    error_code  int,
    attempt     uuid,
    attempts    int         NOT NULL DEFAULT 0,
    attempt_at  timestamptz,
    lease_until timestamptz,
    ask_person  boolean     NOT NULL DEFAULT false,
    ask_at      timestamptz,
    asked       int         NOT NULL DEFAULT 0,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (site, message_id, part)
) WITH (fillfactor = 70);

-- What may leave, sender by sender; what waits for a time of its own stands in part_later and costs a claim nothing.
CREATE INDEX part_ready ON part (site, sender, lane, due_at, seq) WHERE status = 'WAITING';
CREATE INDEX part_later ON part (due_at) WHERE status IN ('SCHEDULED', 'HELD');
CREATE INDEX part_waits ON part (site, sender) WHERE status IN ('SCHEDULED', 'HELD');
CREATE INDEX part_expiring ON part (expires_at)
    WHERE expires_at IS NOT NULL AND status IN ('SCHEDULED', 'HELD', 'WAITING');
CREATE INDEX part_line ON part (site, contact, lane, line_at, seq)
    WHERE status IN ('SCHEDULED', 'HELD', 'WAITING', 'SENDING', 'IN_DOUBT');
CREATE INDEX part_out ON part (site, contact) WHERE status IN ('SENDING', 'IN_DOUBT');
-- Parts after the first whose message has begun to leave: nothing else for that person goes in between.
CREATE INDEX part_begun ON part (site, contact)
    WHERE begun AND status IN ('SCHEDULED', 'HELD', 'WAITING', 'SENDING', 'IN_DOUBT');
CREATE INDEX part_ask ON part (ask_at) WHERE ask_at IS NOT NULL;
CREATE UNIQUE INDEX part_sid ON part (site, sid) WHERE sid IS NOT NULL;

-- Attempts that a later one took the place of, or that ended without a text: with the one on the part, the journal.
CREATE TABLE attempt (
    attempt     uuid PRIMARY KEY,
    site        text        NOT NULL,
    message_id  uuid        NOT NULL,
    part        int         NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    outcome     text        NOT NULL
);

CREATE INDEX attempt_by_part ON attempt (site, message_id, part);

-- Texts Twilio has that are beyond what was asked for: an attempt was given up and had got through after all.
CREATE TABLE surplus_text (
    site       text        NOT NULL,
    sid        text        NOT NULL,
    message_id uuid        NOT NULL,
    part       int         NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (site, sid)
);

-- A sender's line, shared by all instances. Whoever claims from it holds its row: claims of one sender follow each
-- other. free_at is when its rate lets the next segment go.
CREATE TABLE sender (
    site        text        NOT NULL,
    sender      text        NOT NULL,
    free_at     timestamptz NOT NULL,
    paused_by   text,
    paused_at   timestamptz,
    hold_until  timestamptz,
    hold_code   int,
    holds       int         NOT NULL DEFAULT 0,
    slow_until  timestamptz,
    PRIMARY KEY (site, sender)
);

CREATE TABLE site_pause (
    site      text PRIMARY KEY,
    paused_by text        NOT NULL,
    paused_at timestamptz NOT NULL
);

-- How often Twilio named an error code of a sender's texts, by the hour.
CREATE TABLE sender_error (
    site    text        NOT NULL,
    sender  text        NOT NULL,
    hour    timestamptz NOT NULL,
    code    int         NOT NULL,
    count   bigint      NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (site, sender, hour, code)
);

-- Everything Twilio ever said of a part, in the order it was heard; advanced says whether it moved the part forward.
CREATE TABLE status_report (
    site       text        NOT NULL,
    message_id uuid        NOT NULL,
    report_id  text        NOT NULL,
    seq        bigint      GENERATED ALWAYS AS IDENTITY,
    part       int         NOT NULL,
    sid        text,
    status     text        NOT NULL,
    error_code int,
    source     text        NOT NULL,
    advanced   boolean     NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (site, message_id, report_id)
);
