-- For the database casewire_outbound, brought back to an earlier moment, before outbound is started:
--   psql casewire_outbound -v moment="'2026-11-22T10:00:00Z'" -f deploy/ops/restored.sql
-- Every text that was to leave may have left since. It is put in doubt, and outbound asks Twilio for it before it sends.
UPDATE part
SET status = 'IN_DOUBT',
    attempt = coalesce(attempt, gen_random_uuid()),
    attempts = greatest(attempts, 1),
    attempt_at = least(attempt_at, :moment),
    -- By then what was cancelled meanwhile has been read.
    lease_until = now() + interval '30 seconds',
    updated_at = now()
WHERE status IN ('WAITING', 'SENDING', 'IN_DOUBT', 'HELD')
   OR status = 'SCHEDULED' AND due_at <= now();
