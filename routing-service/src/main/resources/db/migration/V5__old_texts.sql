-- What has words or files is found by these tables when it is old, so from now on a text without any word that could be
-- looked for (a picture, a smile) has its row there, too. Those of before are added.
INSERT INTO reply_words (site, received_at, sid, words)
SELECT site, received_at, sid, ''::tsvector
FROM reply
WHERE erased_at IS NULL AND (body <> '' OR media <> '[]')
  AND sid NOT IN (SELECT unnest(refs) FROM unindexed WHERE direction = 'RECEIVED')
ON CONFLICT DO NOTHING;

INSERT INTO sent_words (site, at, message_id, words)
SELECT site, at, message_id, ''::tsvector
FROM sent_message
WHERE erased_at IS NULL
  AND EXISTS (SELECT FROM jsonb_array_elements(parts) AS part
              WHERE coalesce(part ->> 'body', '') <> '' OR jsonb_array_length(part -> 'mediaUrls') > 0)
ON CONFLICT DO NOTHING;
