-- Texts that are due in a month and later. Every fortieth is for one of the people who also get texts that are due, so
-- that those have later texts in line; the others are for 195,000 people more. This is all that the benchmark knows of
-- the outbound service's tables.
WITH put AS (
    INSERT INTO message (site, message_id, contact, sender, body, case_kind, case_id, sent_by, purpose, audience,
                         fingerprint, parts, status, send_at, trace_parent, created_at)
    SELECT 'bench', ('0ca5e313-ffff-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
           CASE WHEN n % 40 = 0 THEN people[1 + n / 40 % array_length(people, 1)]
                ELSE '+1' || (2010000000 + n % 195000) END,
           '+14045550199', 'Reminder: your appointment with Ms. Lopez is on Tuesday at 10:30. Reply YES to confirm.',
           'CASE', '16E-' || n, 'maria', 'CONVERSATION', 'CLIENT', decode(md5(n::text), 'hex'), 1, 'SCHEDULED',
           date_trunc('second', now()) + interval '30 days' + n * 7 % 7776000 * interval '1 second',
           '00-' || md5(n::text) || '-00f067aa0ba902b7-01', now()
    FROM (SELECT generate_series(?, ?) AS n, ?::text[] AS people) AS wanted
    RETURNING *)
INSERT INTO part (site, message_id, part, parts, contact, sender, lane, line_at, due_at, body, segments, status,
                  updated_at)
SELECT site, message_id, 1, 1, contact, sender, 0, send_at, send_at, body, 1, 'SCHEDULED', created_at
FROM put
