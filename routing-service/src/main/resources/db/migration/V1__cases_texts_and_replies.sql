-- Ids and numbers are compared byte by byte: that is what a tie between ids means, and it is the fastest.

-- The upstream's cases. One that is gone stays as a mark with its time, so that an old snapshot cannot revive it.
CREATE TABLE case_file (
    site       text        COLLATE "C" NOT NULL,
    kind       text        COLLATE "C" NOT NULL,
    case_id    text        COLLATE "C" NOT NULL,
    opened_at  timestamptz,
    intake_at  timestamptz,
    closed_at  timestamptz,
    updated_at timestamptz NOT NULL,
    gone_at    timestamptz,
    log_offset bigint      NOT NULL,           -- the record that was applied last
    log_time   timestamptz NOT NULL,
    phones     jsonb       NOT NULL,           -- as the upstream wrote them
    numbers    text[]      NOT NULL DEFAULT '{}', -- what stands in case_number, as field:number
    PRIMARY KEY (site, kind, case_id)
);

-- A number by which a case can be found; the key is the look-up.
CREATE TABLE case_number (
    site       text        COLLATE "C" NOT NULL,
    contact    text        COLLATE "C" NOT NULL,
    field      text        COLLATE "C" NOT NULL,
    kind       text        COLLATE "C" NOT NULL,
    case_id    text        COLLATE "C" NOT NULL,
    dated_at   timestamptz,                    -- opened (CASE) or taken in (INTAKE)
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (site, contact, field, kind, case_id)
);

-- Messages as outbound tells of them, one row each.
CREATE TABLE sent_message (
    site             text        COLLATE "C" NOT NULL,
    message_id       uuid        NOT NULL,
    contact          text        COLLATE "C" NOT NULL,
    sender           text,
    case_kind        text        COLLATE "C",
    case_id          text        COLLATE "C",
    sent_by          text,
    purpose          text        NOT NULL,
    at               timestamptz NOT NULL,     -- its first event; never changes, so that pages stay put
    last_accepted_at timestamptz,
    total_parts      integer     NOT NULL,
    parts            jsonb       NOT NULL,
    reason           text,
    detail           text,
    status           text        NOT NULL,
    error_code       integer,
    PRIMARY KEY (site, message_id)
) WITH (fillfactor = 80);

CREATE INDEX sent_message_case ON sent_message (site, case_kind, case_id, at, message_id) WHERE case_id IS NOT NULL;
CREATE INDEX sent_message_contact ON sent_message (site, contact, at, message_id);

-- When a case last texted a number. Kept for good: the topic forgets after 30 days.
CREATE TABLE last_texted (
    site        text        COLLATE "C" NOT NULL,
    contact     text        COLLATE "C" NOT NULL,
    kind        text        COLLATE "C" NOT NULL,
    case_id     text        COLLATE "C" NOT NULL,
    accepted_at timestamptz NOT NULL,
    PRIMARY KEY (site, contact, kind, case_id)
);

-- Received texts and where they stand.
CREATE TABLE reply (
    site           text        COLLATE "C" NOT NULL,
    sid            text        COLLATE "C" NOT NULL,
    contact        text        COLLATE "C" NOT NULL,
    recipient      text        NOT NULL,
    body           text        NOT NULL,
    media          jsonb       NOT NULL,
    keyword        text        NOT NULL,
    recovered      boolean     NOT NULL,
    answer         text,
    received_at    timestamptz NOT NULL,
    matched_before timestamptz NOT NULL,       -- only texts accepted before this count
    filed_at       timestamptz NOT NULL,
    strategy       text        NOT NULL,
    rule           text        NOT NULL,
    explanation    jsonb       NOT NULL,
    cases          jsonb       NOT NULL,
    assigned       boolean     NOT NULL,
    moved_by       text,
    moved_at       timestamptz,
    PRIMARY KEY (site, sid)
);

CREATE INDEX reply_received ON reply (site, received_at, sid);
CREATE INDEX reply_unassigned ON reply (site, received_at, sid) WHERE NOT assigned;
CREATE INDEX reply_contact ON reply (site, contact, received_at);

-- A reply on each case it was filed on; the key is the order of the case's log.
CREATE TABLE reply_case (
    site        text        COLLATE "C" NOT NULL,
    kind        text        COLLATE "C" NOT NULL,
    case_id     text        COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    sid         text        COLLATE "C" NOT NULL,
    PRIMARY KEY (site, kind, case_id, received_at, sid)
);
