-- A site's settings as last written; what every service reads is the SiteChanged event of it.
CREATE TABLE site (
    site       text PRIMARY KEY,
    document   jsonb       NOT NULL,
    updated_at timestamptz NOT NULL
);

-- No foreign keys below: every row is written by a transaction that holds the rows it belongs to, and each check would
-- be one more look-up and one more row lock for every part, attempt and report.

-- A message as it was asked for. With the site its id is the idempotency key; the fingerprint tells a repeat from
-- another message under the same id.
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
    attributes       jsonb       NOT NULL DEFAULT '{}',
    fingerprint      bytea       NOT NULL,
    parts            int         NOT NULL,
    status           text        NOT NULL,
    rejection_reason text,
    rejection_detail text,
    hold_reason      text,
    send_at          timestamptz,
    expires_at       timestamptz,
    trace_parent     text        NOT NULL,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (site, message_id)
);

CREATE INDEX message_newest ON message (site, created_at DESC, message_id DESC);
CREATE INDEX message_by_contact ON message (site, contact, created_at DESC);
CREATE INDEX message_by_case ON message (site, case_kind, case_id, created_at DESC) WHERE case_id IS NOT NULL;

-- One Twilio message each. line_at and seq are its place in the conversation's line and never change; due_at is when
-- it may next be tried.
CREATE TABLE part (
    site        text        NOT NULL,
    message_id  uuid        NOT NULL,
    part        int         NOT NULL,
    contact     text        NOT NULL,
    lane        smallint    NOT NULL,
    seq         bigint      GENERATED ALWAYS AS IDENTITY,
    line_at     timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    expires_at  timestamptz,
    body        text,
    media_url   text,
    segments    int         NOT NULL,
    status      text        NOT NULL,
    sid         text,
    error_code  int,
    attempt     uuid,
    attempts    int         NOT NULL DEFAULT 0,
    lease_until timestamptz,
    ask_at      timestamptz,
    asked       int         NOT NULL DEFAULT 0,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (site, message_id, part)
) WITH (fillfactor = 70);

CREATE INDEX part_due ON part (lane, due_at, seq) WHERE status IN ('SCHEDULED', 'HELD', 'WAITING');
CREATE INDEX part_line ON part (site, contact, lane, line_at, seq)
    WHERE status IN ('SCHEDULED', 'HELD', 'WAITING', 'SENDING', 'IN_DOUBT');
CREATE INDEX part_lease ON part (lease_until) WHERE status IN ('SENDING', 'IN_DOUBT');
CREATE INDEX part_ask ON part (ask_at) WHERE ask_at IS NOT NULL;
CREATE UNIQUE INDEX part_sid ON part (site, sid) WHERE sid IS NOT NULL;

-- The journal: committed before Twilio is called.
CREATE TABLE attempt (
    attempt     uuid PRIMARY KEY,
    site        text        NOT NULL,
    message_id  uuid        NOT NULL,
    part        int         NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    outcome     text
);

CREATE INDEX attempt_by_part ON attempt (site, message_id, part);

-- Everything Twilio ever said of a part, in the order it was heard; advanced says whether it moved the part forward.
CREATE TABLE status_report (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id   text        NOT NULL UNIQUE,
    site        text        NOT NULL,
    message_id  uuid        NOT NULL,
    part        int         NOT NULL,
    sid         text,
    status      text        NOT NULL,
    error_code  int,
    source      text        NOT NULL,
    advanced    boolean     NOT NULL,
    at          timestamptz NOT NULL
);

CREATE INDEX status_report_by_message ON status_report (site, message_id, id);

-- Which sender a person last heard from: the next text comes from the same one.
CREATE TABLE last_sender (
    site    text NOT NULL,
    contact text NOT NULL,
    sender  text NOT NULL,
    PRIMARY KEY (site, contact)
);
