-- The site's log, page by page, whole or by status.
CREATE INDEX sent_message_of_site ON sent_message (site, at, message_id);
CREATE INDEX sent_message_status ON sent_message (site, status, at, message_id);

-- The words of texts, apart from the texts: those change as they are delivered, and their words need not be written
-- again.
CREATE TABLE sent_words (
    site       text        COLLATE "C" NOT NULL,
    at         timestamptz NOT NULL,
    message_id uuid        NOT NULL,
    words      tsvector    NOT NULL,
    PRIMARY KEY (site, at, message_id)
);
CREATE INDEX sent_words_words ON sent_words USING gin (words);

CREATE TABLE reply_words (
    site        text        COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    sid         text        COLLATE "C" NOT NULL,
    words       tsvector    NOT NULL,
    PRIMARY KEY (site, received_at, sid)
);
CREATE INDEX reply_words_words ON reply_words USING gin (words);

-- Everybody a site texts with: how much was said, and the last of it.
CREATE TABLE conversation (
    site           text        COLLATE "C" NOT NULL,
    contact        text        COLLATE "C" NOT NULL,
    sent           bigint      NOT NULL,
    received       bigint      NOT NULL,
    last_at        timestamptz NOT NULL,
    last_direction text        NOT NULL,
    last_ref       text        COLLATE "C" NOT NULL,
    PRIMARY KEY (site, contact)
) WITH (fillfactor = 80);
CREATE INDEX conversation_latest ON conversation (site, last_at, contact);

-- What is stored and not yet in the three tables above, a row for each batch: filing does not wait for them.
-- counted says which of the texts their conversation has counted already.
CREATE TABLE unindexed (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    direction text      NOT NULL,
    sites     text[]    NOT NULL,
    refs      text[]    NOT NULL,
    counted   boolean[] NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000);

INSERT INTO unindexed (direction, sites, refs, counted)
SELECT 'RECEIVED', array_agg(site), array_agg(sid), array_agg(false)
FROM (SELECT site, sid, row_number() OVER () / 1000 AS batch FROM reply) AS stored GROUP BY batch;

INSERT INTO unindexed (direction, sites, refs, counted)
SELECT 'SENT', array_agg(site), array_agg(message_id::text), array_agg(false)
FROM (SELECT site, message_id, row_number() OVER () / 1000 AS batch FROM sent_message) AS stored GROUP BY batch;
