-- A text may stand on cases, or with a contact or a user of the upstream. The version rises with every move: who moves a
-- text says which one was looked at. erased_at: its words are gone.
ALTER TABLE reply
    ADD COLUMN contact_id text,
    ADD COLUMN user_id    text,
    ADD COLUMN version    integer NOT NULL DEFAULT 0,
    ADD COLUMN erased_at  timestamptz;

UPDATE reply SET version = 1 WHERE moved_at IS NOT NULL;

-- Every move: who, when, from where to where. The key is the version the text had afterwards.
CREATE TABLE reply_move (
    site            text        COLLATE "C" NOT NULL,
    sid             text        COLLATE "C" NOT NULL,
    version         integer     NOT NULL,
    moved_by        text        NOT NULL,
    moved_at        timestamptz NOT NULL,
    from_cases      jsonb       NOT NULL,
    from_contact_id text,
    from_user_id    text,
    to_cases        jsonb       NOT NULL,
    to_contact_id   text,
    to_user_id      text,
    PRIMARY KEY (site, sid, version)
);

-- In the order of a conversation, page by page.
CREATE INDEX reply_of_contact ON reply (site, contact, received_at, sid);
DROP INDEX reply_contact;
