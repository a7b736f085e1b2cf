-- Whose texts were erased, and until when: what the log brings of them later is stored without its words and files.
CREATE TABLE erased_texts (
    site      text        COLLATE "C" NOT NULL,
    contact   text        COLLATE "C" NOT NULL,
    erased_at timestamptz NOT NULL,
    erased_by text        NOT NULL,
    PRIMARY KEY (site, contact)
);

ALTER TABLE sent_message ADD COLUMN erased_at timestamptz;
