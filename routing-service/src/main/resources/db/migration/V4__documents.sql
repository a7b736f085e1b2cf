-- Received files: one row each, from the moment the text is filed. What is PENDING is work to be done.
CREATE TABLE document (
    site          text        COLLATE "C" NOT NULL,
    sid           text        COLLATE "C" NOT NULL,
    number        integer     NOT NULL,           -- from 0, as Twilio numbers them
    document_id   uuid        NOT NULL DEFAULT gen_random_uuid(),
    contact       text        COLLATE "C" NOT NULL,
    url           text        NOT NULL,           -- at Twilio
    declared_type text,
    account       text,                           -- whose text it was, by Twilio's signed word
    cases         jsonb       NOT NULL,           -- where the text stands
    trace_parent  text,
    object_key    text        NOT NULL            -- in the store; nobody can guess it
                  DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
    expected_at   timestamptz NOT NULL,
    state         text        NOT NULL,
    reason        text,
    detail        text,
    next_attempt  timestamptz NOT NULL,           -- while somebody is at it: when another may take it over
    attempts      integer     NOT NULL DEFAULT 0,
    tried_since   timestamptz,
    failing_since timestamptz,                    -- since when for the same reason
    settled_at    timestamptz,
    content_type  text,                           -- by its content
    bytes         bigint,
    sha256        text,
    PRIMARY KEY (site, sid, number)
) WITH (fillfactor = 80);

CREATE UNIQUE INDEX document_id ON document (document_id);
CREATE INDEX document_due ON document (next_attempt) WHERE state = 'PENDING';
CREATE INDEX document_contact ON document (site, contact);

-- Objects that are to go from the store, asked for until the store says so.
CREATE TABLE object_removal (
    object_key   text        PRIMARY KEY,
    may_come     timestamptz NOT NULL,            -- until then somebody may still be writing it
    next_attempt timestamptz NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0
);

CREATE INDEX object_removal_due ON object_removal (next_attempt);

-- Files that are to go at Twilio, where the operator wishes so.
CREATE TABLE media_removal (
    site         text        COLLATE "C" NOT NULL,
    url          text        NOT NULL,
    account      text,
    next_attempt timestamptz NOT NULL,
    tried_since  timestamptz NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (site, url)
);

CREATE INDEX media_removal_due ON media_removal (next_attempt);

-- What came in before is fetched now.
INSERT INTO document (site, sid, number, contact, url, declared_type, cases, state, expected_at, next_attempt)
SELECT reply.site, reply.sid, file.number - 1, reply.contact, file.media ->> 'url', file.media ->> 'contentType',
       reply.cases, 'PENDING', reply.filed_at, now()
FROM reply CROSS JOIN LATERAL jsonb_array_elements(reply.media) WITH ORDINALITY AS file (media, number)
WHERE file.media ->> 'url' IS NOT NULL;
