-- The highest generation of a site's reminders that were deleted; those of unknown entries begin above it.
CREATE TABLE used_generations (
    site       text    PRIMARY KEY,
    generation integer NOT NULL
);

-- What is over, oldest first.
CREATE INDEX dismissed_alerts ON alerts (dismissed_at) WHERE dismissed_at IS NOT NULL;
CREATE INDEX old_replies ON replies (greatest(received_at, moved_at, '-infinity'));
CREATE INDEX old_waiting_texts ON waiting_texts (received_at);
CREATE INDEX old_answers ON answers (at);
CREATE INDEX old_activities ON activities (told_at);
CREATE INDEX closed_windows ON notice_windows (closes_at) WHERE held = 0;
CREATE INDEX gone_cases ON cases (log_time) WHERE gone;
CREATE INDEX old_reminders ON reminders (starts_at);
CREATE INDEX old_entries ON calendar_entries (greatest(starts_at, log_time));
