-- Everything anybody said about being texted, as it was said; moved tells whether it came into force, remark why not.
-- The ledger is evidence: rows are added, never changed and never removed.
CREATE TABLE consent_entry (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site       text        NOT NULL,
    contact    text        NOT NULL,
    state      text        NOT NULL,
    source     text        NOT NULL,
    categories text[]      NOT NULL,
    evidence   jsonb,
    at         timestamptz NOT NULL,
    noted_at   timestamptz NOT NULL,
    moved      boolean     NOT NULL,
    remark     text,
    identity   text        NOT NULL,
    UNIQUE (site, contact, identity)
);

CREATE INDEX consent_entry_by_contact ON consent_entry (site, contact, at DESC, id DESC);
CREATE INDEX consent_entry_by_site ON consent_entry (site, id);

CREATE FUNCTION consent_entry_is_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the consent ledger is append-only';
END
$$;

CREATE TRIGGER consent_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consent_entry
    FOR EACH STATEMENT EXECUTE FUNCTION consent_entry_is_evidence();

-- What is in force for a number. state is null when all that was said still waits for a person to decide; what waits
-- stands in the review columns beside the state that holds meanwhile.
CREATE TABLE consent (
    site            text        NOT NULL,
    contact         text        NOT NULL,
    state           text,
    source          text,
    confirmed       boolean     NOT NULL DEFAULT false,
    categories      text[]      NOT NULL DEFAULT '{}',
    evidence        jsonb,
    at              timestamptz,
    review_at       timestamptz,
    review_source   text,
    review_evidence jsonb,
    PRIMARY KEY (site, contact)
);

-- Links to the opt-in form that were sent out; each works once.
CREATE TABLE opt_in_invitation (
    id         uuid PRIMARY KEY,
    site       text        NOT NULL,
    contact    text        NOT NULL,
    email      text        NOT NULL,
    name       text,
    language   text        NOT NULL,
    categories text[]      NOT NULL,
    invited_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

-- What links are signed with where the operator sets no key; made once.
CREATE TABLE opt_in_key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    secret   bytea NOT NULL
);
