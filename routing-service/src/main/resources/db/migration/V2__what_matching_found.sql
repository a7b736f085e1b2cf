-- What matching found for a reply when it was filed, and where each strategy would have put it, with the facts as they
-- were then. Replies of before have none of it.
ALTER TABLE reply
    ADD COLUMN matched_by      text COLLATE "C", -- the strategy in force, whatever a person decided since
    ADD COLUMN by_outbound     text COLLATE "C", -- what each step found, as KIND|id
    ADD COLUMN by_opened       text COLLATE "C",
    ADD COLUMN by_intake       text COLLATE "C",
    ADD COLUMN by_all          text COLLATE "C", -- the first cases of strategy ALL, each as KIND|id, a line each
    ADD COLUMN by_all_count    integer,
    ADD COLUMN candidates      json,
    ADD COLUMN candidate_count integer;
