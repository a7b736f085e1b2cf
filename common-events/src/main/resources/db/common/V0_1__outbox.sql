-- Events that were committed with a change and wait to be published. Rows live for milliseconds, so dead tuples are
-- vacuumed early and the table stays small.
CREATE TABLE outbox (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic         text   NOT NULL,
    record_key    text   NOT NULL,
    header_names  text[] NOT NULL,
    header_values text[] NOT NULL,
    payload       bytea  NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000);
