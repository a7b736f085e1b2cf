-- How often what a user sees changed by assignments; raised in the transaction of the change.
CREATE TABLE case_sights (
    site    text   NOT NULL,
    user_id text   NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (site, user_id)
) WITH (fillfactor = 70);
