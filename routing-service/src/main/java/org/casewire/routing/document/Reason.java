package org.casewire.routing.document;

/** Why a file is not there. */
public enum Reason {
    /** Its address is not one of Twilio's, or of an account that is not the site's. */
    FOREIGN_ADDRESS,
    /** Twilio sent us on to an address that is not fetched from. */
    FORBIDDEN_REDIRECT,
    /** It is larger than the site keeps. */
    TOO_LARGE,
    /** What it is by its content is not among the types the site keeps. */
    TYPE_NOT_KEPT,
    /** It came packed in a way that is not unpacked. */
    UNKNOWN_ENCODING,
    /** It has no content. */
    EMPTY,
    /** Twilio does not have it, or not yet. */
    NOT_FOUND,
    /** Twilio refuses the site's credentials, or there are none. */
    NO_CREDENTIALS,
    /** One redirect led to the next without an end. */
    REDIRECT_LOOP,
    /** Twilio does not answer, or says that it cannot now. */
    TWILIO_AWAY,
    /** It took longer than a file may. */
    TOO_SLOW,
    /** Our own store does not take it. */
    STORE_AWAY,
    /** The site is not known here. */
    UNKNOWN_SITE
}
