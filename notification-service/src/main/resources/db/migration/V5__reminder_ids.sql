-- What was held is written back by its number.
CREATE UNIQUE INDEX reminders_by_id ON reminders (id);
