-- Since when a message should have no words any more that was still to leave when its recipient's texts were erased.
ALTER TABLE message ADD COLUMN erased_at timestamptz;

-- What has words still, oldest first; and what is to lose them as soon as it is over.
CREATE INDEX message_worded ON message (site, created_at, message_id) WHERE body IS NOT NULL OR media_urls <> '{}';
CREATE INDEX message_to_erase ON message (erased_at)
    WHERE erased_at IS NOT NULL AND (body IS NOT NULL OR media_urls <> '{}');
