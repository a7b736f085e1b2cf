package org.casewire.routing.matching;

/** What became of a candidate. */
public enum Verdict {
    /** The text was filed on it. */
    CHOSEN,
    /** Another one's time is later. */
    EARLIER,
    /** It has no date, and another one has. */
    UNDATED,
    /** Of the same time as the one chosen, which was updated later. */
    UPDATED_EARLIER,
    /** Of the same time and update as the one chosen, which has the greater id. */
    SMALLER_ID,
    /** The upstream said that it is gone. */
    GONE,
    /** It texted the number only after the text came in. */
    AFTER_THE_TEXT,
    /** It has the number in a field that does not count. */
    OTHER_FIELD,
    /** A prescreen is found by what it sent, never by its numbers. */
    NOT_LOOKED_FOR,
    /** An earlier step had found something. */
    NOT_REACHED,
    /** More cases share the number than one event can name. */
    NO_ROOM
}
