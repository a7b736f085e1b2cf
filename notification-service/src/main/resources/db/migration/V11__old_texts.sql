-- Texts whose words are still there, oldest first.
CREATE INDEX worded_replies ON replies (site, received_at, sid) WHERE preview <> 'An erased text';
