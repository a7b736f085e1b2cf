package org.casewire.routing.matching;

/** What decided where a reply was filed; the {@code rule} of its event. */
public enum Rule {
    /** The case that texted the number last. */
    OUTBOUND,
    /** The most recently opened case that holds the number. */
    OPENED,
    /** The most recent intake that holds the number. */
    INTAKE,
    /** Every case that texted the number or holds it as its texting number. */
    ALL,
    /** Nothing was found: a person decides. */
    NONE
}
