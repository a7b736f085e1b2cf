-- Tokens of pages that show somebody's alerts within another application: by their digest, so that nobody who reads this
-- table can use one.
CREATE TABLE embed_tokens (
    digest     bytea       PRIMARY KEY,
    site       text        NOT NULL,
    user_id    text        NOT NULL,
    minted_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX embed_tokens_by_end ON embed_tokens (expires_at);
