-- Reminders of entries that take place in a month and later: all that the benchmark knows of the service's tables.
INSERT INTO reminders (site, entry_id, person, is_client, remind_before, generation, due_at, starts_at, state,
                       trace_parent, changed_at)
SELECT 'demo', 'far-' || n / 10, 'u' || n % 10, false, 'P1D', 1, at - interval '1 day', at, 'PENDING',
       '00-' || md5(n::text) || '-00f067aa0ba902b7-01', now()
FROM (SELECT n, date_trunc('minute', now()) + interval '30 days' + n * 7 % 7776000 * interval '1 second' AS at
      FROM generate_series(1, ?) AS n) AS wanted
