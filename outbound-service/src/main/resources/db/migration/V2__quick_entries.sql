-- Prepared texts of a site. Messages keep the text they left with, so a change here changes nothing that was sent.
CREATE TABLE quick_entry (
    site       text        NOT NULL,
    name       text        NOT NULL,
    text       text        NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (site, name)
);
