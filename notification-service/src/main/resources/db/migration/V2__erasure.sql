-- Whose text it is and when it came, so that it can be erased; null where it was filed before this was kept.
ALTER TABLE replies ADD COLUMN contact text, ADD COLUMN received_at timestamptz;

UPDATE replies SET contact = alerts.contact
FROM alerts WHERE alerts.site = replies.site AND alerts.sid = replies.sid;

CREATE INDEX replies_of_contact ON replies (site, contact);
CREATE INDEX alerts_of_contact ON alerts (site, contact);

-- Texts of these people up to that moment were erased: what the log brings of them later stays without its words.
CREATE TABLE erased_texts (
    site      text        NOT NULL,
    contact   text        NOT NULL,
    erased_at timestamptz NOT NULL,
    PRIMARY KEY (site, contact)
);
