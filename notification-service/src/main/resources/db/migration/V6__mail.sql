-- Where e-mails of one kind go for one site ('' is the operator). None leaves before next_at. While one is being sent the
-- line is claimed_until then; mail_id stays the same until the server took the mail or surely did not. refused is an address
-- that the server would not deliver to.
CREATE TABLE mail_lines (
    site          text        NOT NULL,
    kind          text        NOT NULL,
    next_at       timestamptz NOT NULL,
    attempts      integer     NOT NULL DEFAULT 0,
    mail_id       uuid,
    claimed_until timestamptz,
    refused       text,
    PRIMARY KEY (site, kind)
);

-- What is told by these e-mails; kept for a while after it was told, so that a record read again is not told again.
CREATE TABLE mail_matters (
    site        text        NOT NULL,
    kind        text        NOT NULL,
    matter_id   text        NOT NULL,
    happened_at timestamptz NOT NULL,
    noted_at    timestamptz NOT NULL,
    mail_id     uuid,
    told_at     timestamptz,
    PRIMARY KEY (site, kind, matter_id)
);
CREATE INDEX untold_matters ON mail_matters (site, kind) WHERE told_at IS NULL;
CREATE INDEX old_matters ON mail_matters (noted_at);
