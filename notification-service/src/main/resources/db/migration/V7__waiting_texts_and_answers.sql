-- Where received texts stand that somebody may wait to be answered, one row for each case.
CREATE TABLE waiting_texts (
    site        text        NOT NULL,
    kind        text        NOT NULL,
    case_id     text        NOT NULL,
    contact     text        NOT NULL,
    received_at timestamptz NOT NULL,
    sid         text        NOT NULL,
    PRIMARY KEY (site, kind, case_id, contact, received_at, sid)
);
CREATE INDEX waiting_texts_of_contact ON waiting_texts (site, contact);

INSERT INTO waiting_texts
SELECT site, filing -> 'caseRef' ->> 'kind', filing -> 'caseRef' ->> 'id', contact, received_at, sid
FROM replies CROSS JOIN LATERAL jsonb_array_elements(filings) AS filing
WHERE contact IS NOT NULL AND received_at IS NOT NULL
ON CONFLICT DO NOTHING;

-- What staff wrote to people, a row for every part; one that did not reach anybody is no answer.
CREATE TABLE answers (
    site       text        NOT NULL,
    message_id uuid        NOT NULL,
    part       integer     NOT NULL,
    contact    text        NOT NULL,
    at         timestamptz NOT NULL,
    failed     boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (site, message_id, part)
);
CREATE INDEX answers_to_contact ON answers (site, contact, at) WHERE NOT failed;

-- With the user: whose case it is is asked of one row, however many hold the case and however many cases a user holds.
DROP INDEX assignments_of_case;
CREATE INDEX assignments_of_case ON assignments (site, kind, case_id, user_id);
