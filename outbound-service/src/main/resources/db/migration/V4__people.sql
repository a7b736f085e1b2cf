-- When a person last wrote: quiet hours do not interrupt a conversation that goes on.
CREATE TABLE live_conversation (
    site         text        COLLATE "C" NOT NULL,
    contact      text        COLLATE "C" NOT NULL,
    last_text_at timestamptz NOT NULL,
    PRIMARY KEY (site, contact)
) WITH (fillfactor = 80);
