-- What was reported and told; reported again it is the same.
CREATE TABLE activities (
    site        text        NOT NULL,
    activity_id text        NOT NULL,
    told_at     timestamptz NOT NULL,
    PRIMARY KEY (site, activity_id)
);

-- How many notices a number got since opened_at. held are those that came when it had got many: they leave as one text
-- when the window closes.
CREATE TABLE notice_windows (
    site      text        NOT NULL,
    mobile    text        NOT NULL,
    opened_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    told      integer     NOT NULL,
    held      integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (site, mobile)
);
CREATE INDEX due_digests ON notice_windows (closes_at) WHERE held > 0;

-- The words of what is held; they go when the text has left.
CREATE TABLE held_notices (
    id           bigint      GENERATED ALWAYS AS IDENTITY,
    site         text        NOT NULL,
    mobile       text        NOT NULL,
    activity_id  text        NOT NULL,
    audience     text        NOT NULL,
    body         text        NOT NULL,
    expires_at   timestamptz NOT NULL,
    trace_parent text        NOT NULL,
    PRIMARY KEY (site, mobile, activity_id)
);
