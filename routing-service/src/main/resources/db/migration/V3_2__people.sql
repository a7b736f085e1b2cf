-- The site's own people: whose number is a colleague's, and how they are called.
CREATE TABLE user_profile (
    site       text        COLLATE "C" NOT NULL,
    user_id    text        COLLATE "C" NOT NULL,
    name       text,
    mobile     text        COLLATE "C",    -- E.164, null where there is none that could be texted
    active     boolean     NOT NULL,
    gone       boolean     NOT NULL,
    updated_at timestamptz NOT NULL,
    log_time   timestamptz NOT NULL,       -- the record that was applied last
    log_offset bigint      NOT NULL,
    PRIMARY KEY (site, user_id)
);
CREATE INDEX user_profile_mobile ON user_profile (site, mobile, user_id)
    WHERE mobile IS NOT NULL AND active AND NOT gone;

-- What is in force for a number, as outbound decides it; state is null while all that was said waits for a person.
CREATE TABLE consent_state (
    site      text        COLLATE "C" NOT NULL,
    contact   text        COLLATE "C" NOT NULL,
    state     text,
    source    text,
    confirmed boolean     NOT NULL DEFAULT false,
    at        timestamptz,
    review_at timestamptz,
    PRIMARY KEY (site, contact)
);
