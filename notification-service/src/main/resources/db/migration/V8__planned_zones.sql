-- By which zone of a site its entries without one of their own are planned, and as of which change of the site.
CREATE TABLE planned_zones (
    site       text        PRIMARY KEY,
    time_zone  text        NOT NULL,
    updated_at timestamptz NOT NULL
);
