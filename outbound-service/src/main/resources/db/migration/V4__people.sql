-- When a person last wrote: quiet hours do not interrupt a conversation that goes on.
CREATE TABLE live_conversation (
    site         text        COLLATE "C" NOT NULL,
    contact      text        COLLATE "C" NOT NULL,
    last_text_at timestamptz NOT NULL,
    PRIMARY KEY (site, contact)
) WITH (fillfactor = 80);

-- The upstream's clients and how they want to hear from the site. One that is gone stays as a mark with its time, so
-- that an old snapshot cannot revive it.
CREATE TABLE upstream_contact (
    site            text        COLLATE "C" NOT NULL,
    contact_id      text        COLLATE "C" NOT NULL,
    mobile          text        COLLATE "C",      -- E.164, null when there is none that could be texted
    time_zone       text,
    texting_enabled boolean,
    delivery        text,
    delivery_locked boolean,
    updated_at      timestamptz NOT NULL,
    gone_at         timestamptz,
    log_offset      bigint      NOT NULL,         -- the record that was applied last
    log_time        timestamptz NOT NULL,
    PRIMARY KEY (site, contact_id)
);

CREATE INDEX upstream_contact_mobile ON upstream_contact (site, mobile) WHERE mobile IS NOT NULL;

-- What the site's own people decided about a number: each value wins over the upstream's until it is cleared.
CREATE TABLE own_preference (
    site            text        COLLATE "C" NOT NULL,
    contact         text        COLLATE "C" NOT NULL,
    texting_enabled boolean,
    delivery        text,
    delivery_locked boolean,
    changed_by      text        NOT NULL,
    changed_at      timestamptz NOT NULL,
    PRIMARY KEY (site, contact)
);

-- Why texts to a number failed, how often and when last; what is older than a delivered text does not count.
CREATE TABLE recipient_health (
    site    text        COLLATE "C" NOT NULL,
    contact text        COLLATE "C" NOT NULL,
    code    int         NOT NULL,
    times   int         NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (site, contact, code)
);

-- The numbers of the upstream's cases, for texts that name a case and no number. One that is gone stays as a mark.
CREATE TABLE case_phones (
    site       text        COLLATE "C" NOT NULL,
    case_ref   text        COLLATE "C" NOT NULL,  -- kind|id
    phones     jsonb,                             -- as the upstream wrote them, null when the case is gone
    updated_at timestamptz NOT NULL,
    gone_at    timestamptz,
    log_offset bigint      NOT NULL,              -- the record that was applied last
    log_time   timestamptz NOT NULL,
    PRIMARY KEY (site, case_ref)
);
