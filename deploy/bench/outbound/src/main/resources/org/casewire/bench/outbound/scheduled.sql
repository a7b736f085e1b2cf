-- Texts that are due in a month and later: $1 so many, $2 the people who also get texts that are due. Every fortieth is
-- for one of them, so that those have later texts in line; the others are for 195,000 people more. The two statements
-- are all that the benchmark knows of the outbound service's tables.
INSERT INTO message (site, message_id, contact, sender, body, case_kind, case_id, sent_by, purpose, audience,
                     fingerprint, parts, status, send_at, trace_parent, created_at)
SELECT 'bench', ('0ca5e313-ffff-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       CASE WHEN n % 40 = 0 THEN people[1 + n / 40 % array_length(people, 1)]
            ELSE '+1' || (2010000000 + n % 195000) END,
       '+14045550199', 'Reminder: your appointment with Ms. Lopez is on Tuesday at 10:30. Reply YES to confirm.',
       'CASE', '16E-' || n, 'maria', 'CONVERSATION', 'CLIENT', decode(md5(n::text), 'hex'), 1, 'SCHEDULED',
       date_trunc('second', now()) + interval '30 days' + n % 7776000 * interval '1 second',
       '00-' || md5(n::text) || '-00f067aa0ba902b7-01', now()
FROM (SELECT generate_series(1, ?) AS n, ?::text[] AS people) AS wanted;

INSERT INTO part (site, message_id, part, contact, lane, line_at, due_at, body, segments, status, updated_at)
SELECT m.site, m.message_id, 1, m.contact, 0, m.send_at, m.send_at, m.body, 1, 'SCHEDULED', m.created_at
FROM message m
WHERE m.status = 'SCHEDULED' AND ?::int > 0 AND array_length(?::text[], 1) > 0;
